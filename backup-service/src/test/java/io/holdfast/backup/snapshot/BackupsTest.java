package io.holdfast.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Manifests;
import io.holdfast.backup.repository.MemoryBlobStore;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.repository.TestRepositories;
import io.holdfast.backup.repository.Verdict;
import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceRange;
import io.holdfast.doors.page.Page;
import io.holdfast.doors.problem.ProblemException;

class BackupsTest {
    private static final UUID OLD = new UUID(0, 9);
    private static final UUID NEW = new UUID(0, 1);

    private final MemoryBlobStore store = new MemoryBlobStore();
    private final Repository repository = TestRepositories.in(store, Instant::now);
    private final Backups backups = new Backups(repository);

    @Test
    void areListedNewestFirstPageByPage() {
        backUp(OLD, Instant.parse("2026-11-20T10:00:00Z"));
        backUp(NEW, Instant.parse("2026-11-21T10:00:00Z"));

        Page<BackupView> first = backups.page(1, null);
        Page<BackupView> second = backups.page(1, first.next());

        assertThat(first.items()).extracting(BackupView::id).containsExactly(NEW);
        assertThat(second.items()).extracting(BackupView::id).containsExactly(OLD);
        assertThat(second.next()).isNull();
        assertThatThrownBy(() -> backups.page(1, "elsewhere"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cursor");
    }

    @Test
    void onlyThoseOfThePageAreLookedAtSliceBySlice() {
        backUp(OLD, Instant.parse("2026-11-20T10:00:00Z"));
        String old = store.list("objects").getFirst();
        backUp(NEW, Instant.parse("2026-11-21T10:00:00Z"));
        store.forgetLooks();

        backups.page(1, null);

        assertThat(store.looked()).hasSize(1).doesNotContain(old);
    }

    @Test
    void areKnownToBeThereWithoutALookAtTheirSlices() {
        backUp(NEW, Instant.parse("2026-11-21T10:00:00Z"));
        store.flip("snapshots/" + NEW + ".manifest", 300);
        store.forgetLooks();

        assertThat(repository.has(NEW)).isTrue();
        assertThat(repository.has(OLD)).isFalse();

        assertThat(store.looked()).noneMatch(name -> name.startsWith("objects/"));
    }

    @Test
    void areGoodAsVerifiedWhenTheyWereMade() {
        Manifest manifest = backUp(NEW, Instant.parse("2026-11-21T10:00:00Z"));

        assertThat(backups.find(NEW)).hasValueSatisfying(view -> {
            assertThat(view.state()).isEqualTo(BackupView.State.GOOD);
            assertThat(view.verifiedAt()).isEqualTo(manifest.endedAt());
            assertThat(view.rows()).isEqualTo(1);
            assertThat(view.tables()).singleElement().satisfies(table -> {
                assertThat(table.keyspace()).isEqualTo("shop");
                assertThat(table.slices()).isEqualTo(1);
            });
        });
        assertThat(backups.find(OLD)).isEmpty();
    }

    @Test
    void areDamagedWhenASliceIsMissing() {
        backUp(NEW, Instant.now());
        store.delete(store.list("objects").getFirst());

        assertThat(backups.find(NEW)).hasValueSatisfying(view -> {
            assertThat(view.state()).isEqualTo(BackupView.State.DAMAGED);
            assertThat(view.reason()).contains("shop.articles", "missing");
        });
    }

    @Test
    void areDamagedWhenTheLastVerificationSaidSoAndGoodAgainAfterABetterOne() {
        backUp(NEW, Instant.now());
        Instant verifiedAt = Instant.parse("2026-11-21T11:00:00Z");

        repository.keep(NEW, new Verdict(verifiedAt, List.of("Slice x is damaged")));
        assertThat(backups.find(NEW).orElseThrow().reason()).isEqualTo("Slice x is damaged");

        repository.keep(NEW, new Verdict(verifiedAt, List.of()));
        assertThat(backups.find(NEW).orElseThrow().state()).isEqualTo(BackupView.State.GOOD);
        assertThat(backups.find(NEW).orElseThrow().verifiedAt()).isEqualTo(verifiedAt);
    }

    @Test
    void areListedAsDamagedWhenTheirManifestCannotBeRead() {
        backUp(OLD, Instant.parse("2026-11-20T10:00:00Z"));
        backUp(NEW, Instant.parse("2026-11-21T10:00:00Z"));
        store.flip("snapshots/" + NEW + ".manifest", 300);

        assertThat(backups.page(10, null).items())
                .extracting(BackupView::id, BackupView::state)
                .containsExactly(tuple(OLD, BackupView.State.GOOD), tuple(NEW, BackupView.State.DAMAGED));
    }

    private Manifest backUp(UUID id, Instant startedAt) {
        SliceEntry slice = repository.put(
                SliceRange.RING, 0, Manifests.SHAPE.header(), Rows.encoded(Rows.row(1, "key", id.toString())));
        return repository.commit(Manifests.of(id, startedAt, slice));
    }
}
