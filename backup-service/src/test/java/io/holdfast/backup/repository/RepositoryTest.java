package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.slice.DamagedSliceException;
import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceRange;

class RepositoryTest {
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);

    private final MemoryBlobStore store = new MemoryBlobStore();
    private final Repository repository = newRepository();

    @Test
    void listsABackupOnceItsManifestIsThere() {
        SliceEntry slice = put(repository, "a");
        assertThat(repository.ids()).isEmpty();

        Manifest manifest = repository.commit(Manifests.of(FIRST, slice));

        assertThat(repository.ids()).containsExactly(FIRST);
        assertThat(repository.manifest(FIRST)).contains(manifest).contains(Manifests.of(FIRST, slice));
    }

    @Test
    void whoLooksDoesNotWaitWithAJobThatWaitsForACollection() throws Exception {
        back(repository, FIRST, "a");
        Repository patient = TestRepositories.patient(store, Instant::now);
        patient.ids();
        store.replace("collecting/another", ByteBuffer.allocate(0));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> job = threads.submit(() -> {
                try (Holds.Hold _ = patient.hold(SECOND)) {
                    return true;
                }
            });
            await().until(() -> !store.list("running").isEmpty());
            try {
                assertThat(threads.submit(patient::ids).get(10, TimeUnit.SECONDS))
                        .containsExactly(FIRST);
                assertThat(job).isNotDone();
            } finally {
                store.delete("collecting/another");
            }
            assertThat(job.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whoHasLostTheConfigOfHisBackupsIsToldWhatToWriteThere() {
        back(repository, FIRST, "a");
        store.delete("config");

        assertThatThrownBy(() -> newRepository().ids())
                .isInstanceOf(ForeignRepositoryException.class)
                .hasMessageContainingAll("holdfast repository 2", "config");
    }

    @Test
    void aBackupKilledAtAnyWriteIsNeverListedAndLeavesOlderOnesWhole() {
        back(repository, FIRST, "a", "b");
        int changesOfOne = changesOf(() -> back(newRepository(), SECOND, "b", "c", "d"));
        newRepository().delete(SECOND);

        for (int survived = 0; survived < changesOfOne; survived++) {
            store.killAfter(survived);
            Repository dying = newRepository();
            assertThatThrownBy(() -> back(dying, SECOND, "b", "c", "d")).isInstanceOf(MemoryBlobStore.Killed.class);
            store.startAgain();

            Repository later = newRepository();
            for (UUID id : later.ids()) {
                assertWhole(later, id);
            }
            assertThat(later.ids()).contains(FIRST);
            boolean committed = survived >= changesOfOne - 1;
            assertThat(later.ids().contains(SECOND)).isEqualTo(committed);
        }
        assertThat(changesOfOne).isEqualTo(6);
    }

    @Test
    void aDeletionKilledAtAnyStepLeavesEveryListedBackupWhole() {
        back(repository, FIRST, "a", "b");
        back(repository, SECOND, "b", "c", "d");
        int changesOfDeletion = changesOf(() -> newRepository().delete(SECOND));

        for (int survived = 0; survived < changesOfDeletion; survived++) {
            back(newRepository(), SECOND, "b", "c", "d");
            store.killAfter(survived);
            Repository dying = newRepository();
            assertThatThrownBy(() -> dying.delete(SECOND)).isInstanceOf(MemoryBlobStore.Killed.class);
            store.startAgain();

            Repository later = newRepository();
            assertThat(later.ids()).contains(FIRST);
            for (UUID id : later.ids()) {
                assertWhole(later, id);
            }
        }
        newRepository().delete(SECOND);
        newRepository().collect();
        assertThat(store.list("objects")).hasSize(2);
    }

    @Test
    void storesAnUnchangedSliceOnceAndKeepsItWhileABackupNamesIt() {
        back(repository, FIRST, "a", "b");
        back(repository, SECOND, "b", "c");
        assertThat(store.list("objects")).hasSize(3);

        assertThat(repository.delete(FIRST)).isTrue();

        assertThat(store.list("objects")).hasSize(2);
        assertWhole(repository, SECOND);
        assertThat(repository.delete(FIRST)).isFalse();
    }

    @Test
    void removesNoObjectWhileAJobHoldsTheRepository() {
        back(repository, FIRST, "a");

        try (Holds.Hold _ = repository.hold(SECOND)) {
            SliceEntry reused = put(repository, "a");
            repository.delete(FIRST);
            repository.commit(Manifests.of(SECOND, reused));
        }

        assertWhole(repository, SECOND);
        repository.delete(SECOND);
        assertThat(store.list("objects")).isEmpty();
    }

    @Test
    void removesNoObjectWhileAManifestCannotBeRead() {
        back(repository, FIRST, "a");
        back(repository, SECOND, "b");
        store.flip(ManifestFile.name(FIRST), 200);

        repository.delete(SECOND);

        assertThat(store.list("objects")).hasSize(2);
    }

    @Test
    void theFirstManifestOfAJobCounts() {
        Manifest first = repository.commit(Manifests.of(FIRST, put(repository, "a")));

        Manifest late = repository.commit(Manifests.of(FIRST, put(repository, "b")));

        assertThat(late).isEqualTo(first);
    }

    @Test
    void noticesEveryFlippedByteOfASliceAndNamesIt() {
        SliceEntry slice = put(repository, "a");
        String object = store.list("objects").getFirst();

        for (int position = 0; position < slice.bytes(); position++) {
            store.flip(object, position);
            assertThatThrownBy(() -> repository.verify(slice))
                    .isInstanceOf(DamagedSliceException.class)
                    .hasMessage("Slice %s is damaged: its stored bytes are not those that were written", slice.id());
            store.flip(object, position);
        }
        repository.verify(slice);
    }

    @Test
    void noticesEveryFlippedByteOfAManifest() {
        back(repository, FIRST, "a");
        String name = ManifestFile.name(FIRST);
        ByteBuffer manifest = store.read(name);

        for (int position = 0; position < manifest.remaining(); position++) {
            store.flip(name, position);
            assertThatThrownBy(() -> repository.manifest(FIRST)).isInstanceOf(UnreadableManifestException.class);
            store.flip(name, position);
        }
        assertThat(repository.manifest(FIRST)).isPresent();
    }

    @Test
    void writesADamagedSliceAnewWhenTheSameRowsComeAgain() {
        SliceEntry slice = put(repository, "a");
        store.flip(store.list("objects").getFirst(), 300);
        assertThatThrownBy(() -> repository.verify(slice)).isInstanceOf(DamagedSliceException.class);

        put(repository, "a");

        repository.verify(slice);
    }

    @Test
    void remembersWhatAVerificationFound() {
        back(repository, FIRST, "a");
        Verdict verdict = new Verdict(Instant.parse("2026-11-21T11:00:00Z"), List.of("Slice x is damaged"));
        assertThat(repository.verdicts(FIRST).last()).isEmpty();

        repository.keep(FIRST, verdict);

        assertThat(repository.verdicts(FIRST).last()).contains(verdict);
        assertThat(verdict.isGood()).isFalse();
    }

    @Test
    void refusesAForeignFolder() {
        MemoryBlobStore foreign = new MemoryBlobStore();
        foreign.create("config", Rows.text("[core]\n"));
        assertThatThrownBy(() -> TestRepositories.in(foreign, Instant::now).ids())
                .isInstanceOf(ForeignRepositoryException.class)
                .hasMessageContaining("name another folder");
    }

    private Repository newRepository() {
        return TestRepositories.in(store, Instant::now);
    }

    private static SliceEntry put(Repository repository, String value) {
        return repository.put(SliceRange.RING, 0, Manifests.SHAPE.header(), Rows.encoded(Rows.row(1, "key", value)));
    }

    private static void back(Repository repository, UUID id, String... values) {
        try (Holds.Hold _ = repository.hold(id)) {
            List<SliceEntry> slices = List.of(values).stream()
                    .map(value -> put(repository, value))
                    .toList();
            slices.forEach(repository::verify);
            repository.commit(Manifests.of(id, slices.toArray(SliceEntry[]::new)));
        }
    }

    private static void assertWhole(Repository repository, UUID id) {
        Manifest manifest = repository.manifest(id).orElseThrow();
        manifest.tables()
                .forEach(table -> table.slices().forEach(slice -> {
                    repository.verify(slice);
                    assertThat(repository.isPresent(slice)).isTrue();
                }));
    }

    private int changesOf(Runnable action) {
        int before = store.changes();
        action.run();
        return store.changes() - before;
    }
}
