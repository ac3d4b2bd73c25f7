package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.backup.slice.DamagedSliceException;

/** Two services at work on one repository at the same time. */
class TwoServicesTest {
    private static final int TURNS = Boolean.getBoolean("holdfast.full") ? 400 : 40;
    private static final UUID OLD = new UUID(0, 1);
    private static final UUID NEW = new UUID(0, 2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Map<UUID, Boolean> kept = new ConcurrentHashMap<>();

    @Test
    void loseNothingWhileTheyBackUpRemoveAndRenewKeys() throws Exception {
        List<Callable<Boolean>> services = new ArrayList<>();
        for (int service = 0; service < 2; service++) {
            Repository repository = TestRepositories.patient(newStore(), Instant::now);
            for (int worker = 0; worker < 2; worker++) {
                long seed = 2L * service + worker;
                services.add(() -> work(repository, seed));
            }
        }

        try (ExecutorService threads = Executors.newFixedThreadPool(services.size())) {
            for (Future<Boolean> service : threads.invokeAll(services)) {
                assertThat(service.get()).isTrue();
            }
        }

        Repository later = TestRepositories.in(newStore(), Instant::now);
        assertThat(later.ids()).containsExactlyInAnyOrderElementsOf(kept.keySet());
        Set<String> named = new HashSet<>();
        for (UUID id : later.ids()) {
            for (SliceEntry slice :
                    later.manifest(id).orElseThrow().tables().getFirst().slices()) {
                later.verify(slice);
                named.add(Slices.object(slice.id()));
            }
        }
        later.collect();
        assertThat(newStore().list("objects")).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void oneThatOpensAnEmptyFolderInWhichTheOtherMakesTheRepositoryOpensThat() {
        WatchedStore late = new WatchedStore(newStore());
        Repository first = TestRepositories.in(newStore(), Instant::now);
        late.beforeListing("snapshots", () -> backUp(first, OLD, 1));

        assertThat(TestRepositories.in(late, Instant::now).ids()).containsExactly(OLD);
    }

    /** The gap: a collector has looked for holds, and then a backup begins that reuses what he is about to remove. */
    @Test
    void aBackupThatBeginsWhileTheOtherCollectsWaitsAndStoresAnewWhatWasRemoved() throws Exception {
        Repository first = TestRepositories.in(newStore(), Instant::now);
        backUp(first, OLD, 1);
        WatchedStore backups = new WatchedStore(newStore());
        Repository backing = TestRepositories.patient(backups, Instant::now);
        backing.ids();
        WatchedStore removals = new WatchedStore(newStore());
        Repository removing = TestRepositories.patient(removals, Instant::now);

        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            CompletableFuture<Boolean> backup = new CompletableFuture<>();
            removals.beforeListing("objects", () -> {
                var _ = backup.completeAsync(() -> backUp(backing, NEW, 1), thread);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> backups.listed("collecting") >= 2 || backup.isDone());
            });
            removing.delete(OLD);
            assertThat(backup.get()).isTrue();
        }

        Repository later = TestRepositories.in(newStore(), Instant::now);
        assertThat(later.ids()).containsExactly(NEW);
        later.manifest(NEW).orElseThrow().tables().getFirst().slices().forEach(later::verify);
    }

    @Test
    void aCollectorWhoseMarkWasTakenAwayRemovesNothingMore() {
        Repository first = TestRepositories.in(newStore(), Instant::now);
        backUp(first, OLD, 1, 2);
        WatchedStore removals = new WatchedStore(newStore());
        Repository slow = TestRepositories.in(removals, Instant::now);
        removals.beforeListing("objects", () -> {
            // TestRepositories' do not wait: it takes the mark away at once.
            Repository impatient = TestRepositories.in(newStore(), Instant::now);
            backUp(impatient, NEW, 1);
        });

        slow.delete(OLD);

        Repository later = TestRepositories.in(newStore(), Instant::now);
        later.manifest(NEW).orElseThrow().tables().getFirst().slices().forEach(later::verify);
        assertThat(newStore().list("objects")).hasSize(2);
        later.collect();
        assertThat(newStore().list("objects")).hasSize(1);
    }

    @Test
    void aWorkerThatWakesDoesNotEndTheHoldOfTheOneWhoTookItsJobOver() {
        Repository sleeper = TestRepositories.in(newStore(), Instant::now);
        Repository successor = TestRepositories.in(newStore(), Instant::now);
        backUp(sleeper, OLD, 1);
        Holds.Hold slept = sleeper.hold(NEW);

        try (Holds.Hold _ = successor.hold(NEW)) {
            SliceEntry reused = DiskHistory.put(successor, 1);
            slept.close();
            sleeper.delete(OLD);
            successor.verify(reused);
            successor.commit(Manifests.of(NEW, reused));
        }

        assertThat(newStore().list("running")).isEmpty();
        sleeper.manifest(NEW).orElseThrow().tables().getFirst().slices().forEach(sleeper::verify);
    }

    @Test
    void aCollectorWhoseClockIsDaysAheadMakesABackupFailAndNotLackItsSlices() {
        Repository backing = TestRepositories.in(newStore(), Instant::now);
        Repository ahead = TestRepositories.in(newStore(), TwoServicesTest::inNineDays);

        try (Holds.Hold _ = backing.hold(NEW)) {
            SliceEntry slice = DiskHistory.put(backing, 1);
            backing.verify(slice);
            assertThat(ahead.collect()).isEqualTo(1);

            assertThatThrownBy(() -> backing.commit(Manifests.of(NEW, slice)))
                    .isInstanceOf(DamagedSliceException.class)
                    .hasMessageContaining(slice.id())
                    .hasMessageContaining("clock");
        }

        assertThat(backing.ids()).isEmpty();
    }

    /** The gap: the collector has read which slices the manifests name, and removes the others after this one was written. */
    @Test
    void aBackupThatIsMadeWhileACollectorIsAtWorkWhoseClockIsAheadWaitsForIt() {
        WatchedStore backups = new WatchedStore(newStore());
        Repository backing = TestRepositories.patient(backups, Instant::now);
        WatchedStore removals = new WatchedStore(newStore());
        Repository ahead = TestRepositories.patient(removals, TwoServicesTest::inNineDays);

        try (Holds.Hold _ = backing.hold(NEW);
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            SliceEntry slice = DiskHistory.put(backing, 1);
            int listed = backups.listed("collecting");
            CompletableFuture<Manifest> backup = new CompletableFuture<>();
            removals.beforeListing("objects", () -> {
                var _ = backup.completeAsync(() -> backing.commit(Manifests.of(NEW, slice)), thread);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> backups.listed("collecting") >= listed + 2 || backup.isDone());
            });
            ahead.collect();
            assertThatThrownBy(backup::join).hasCauseInstanceOf(DamagedSliceException.class);
        }

        assertThat(backing.ids()).isEmpty();
    }

    private static Instant inNineDays() {
        return Instant.now().plus(Duration.ofDays(9));
    }

    private boolean work(Repository repository, long seed) {
        Random random = new Random(seed);
        for (int turn = 0; turn < TURNS; turn++) {
            switch (random.nextInt(10)) {
                case 0 -> repository.renewKeys();
                case 1, 2, 3 ->
                    kept.keySet().stream()
                            .findAny()
                            .filter(id -> kept.remove(id) != null)
                            .ifPresent(repository::delete);
                case 4 -> repository.collect();
                default -> {
                    UUID id = new UUID(seed + 10, turn);
                    backUp(repository, id, random.nextInt(5), random.nextInt(5));
                    kept.put(id, true);
                }
            }
        }
        return true;
    }

    private static boolean backUp(Repository repository, UUID id, int... values) {
        try (Holds.Hold _ = repository.hold(id)) {
            List<SliceEntry> slices = new ArrayList<>();
            for (int value : values) {
                slices.add(DiskHistory.put(repository, value));
            }
            slices.forEach(repository::verify);
            repository.commit(Manifests.of(id, slices.toArray(SliceEntry[]::new)));
            return true;
        }
    }

    private BlobStore newStore() {
        return new FolderBlobStore(folder, new UnsyncedDisk(), Instant::now, TestRepositories.SPARE_BYTES);
    }

    /** A store that lets something happen before a folder is listed, once, and counts who looked where. */
    private static final class WatchedStore implements BlobStore {
        private final BlobStore store;
        private final Map<String, Integer> lists = new ConcurrentHashMap<>();
        private final Map<String, Runnable> before = new ConcurrentHashMap<>();

        WatchedStore(BlobStore store) {
            this.store = store;
        }

        void beforeListing(String folder, Runnable event) {
            before.put(folder, event);
        }

        int listed(String folder) {
            return lists.getOrDefault(folder, 0);
        }

        @Override
        public List<String> list(String folder) {
            lists.merge(folder, 1, Integer::sum);
            Runnable event = before.remove(folder);
            if (event != null) {
                event.run();
            }
            return store.list(folder);
        }

        @Override
        public boolean create(String name, ByteBuffer content) {
            return store.create(name, content);
        }

        @Override
        public void replace(String name, ByteBuffer content) {
            store.replace(name, content);
        }

        @Override
        public ByteBuffer read(String name) {
            return store.read(name);
        }

        @Override
        public OptionalLong size(String name) {
            return store.size(name);
        }

        @Override
        public boolean delete(String name) {
            return store.delete(name);
        }
    }
}
