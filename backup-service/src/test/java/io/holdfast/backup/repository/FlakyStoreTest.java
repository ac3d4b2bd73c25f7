package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.failover.guard.DependencyUnavailableException;

/** Half of all calls of the store fail, whether they did what they were asked to or not. */
class FlakyStoreTest {
    private static final int HISTORIES = Boolean.getBoolean("holdfast.full") ? 400 : 40;
    private static final double HALF = 0.5;

    private int succeeded;
    private int failed;

    @ParameterizedTest
    @ValueSource(ints = {2, 6})
    void aBackupEndsGoodOrIsNotThereAndOlderOnesStayWhole(int attempts) {
        for (int seed = 0; seed < HISTORIES; seed++) {
            history(seed, attempts);
        }

        System.out.printf(
                "half of the calls fail, %d attempts: %,d ended well, %,d did not%n", attempts, succeeded, failed);
        assertThat(succeeded).isPositive();
        assertThat(failed).isPositive();
    }

    private void history(int seed, int attempts) {
        MemoryBlobStore store = new MemoryBlobStore();
        TestRepositories.in(store, Instant::now).ids();
        FlakyStore flaky = new FlakyStore(store, seed, HALF);
        GuardedBlobStore guarded = new GuardedBlobStore(flaky, new RetryingGuards(attempts));
        Random random = new Random(seed);
        Set<UUID> certain = new HashSet<>();
        Set<UUID> open = new HashSet<>();
        for (int turn = 0; turn < 12; turn++) {
            UUID id = new UUID(seed, random.nextInt(6));
            boolean backup = random.nextInt(3) > 0;
            boolean renewal = random.nextInt(6) == 0;
            Repository repository = TestRepositories.in(guarded, Instant::now);
            try {
                if (renewal) {
                    repository.renewKeys();
                } else if (backup) {
                    backUp(repository, id, random.nextInt(5), random.nextInt(5));
                    certain.add(id);
                    open.remove(id);
                } else {
                    repository.delete(id);
                    certain.remove(id);
                    open.remove(id);
                }
                succeeded++;
            } catch (DependencyUnavailableException gaveUp) {
                failed++;
                if (!renewal) {
                    if (backup) {
                        // It may be there; and if it was there before, it still is.
                        open.addAll(certain.contains(id) ? Set.of() : Set.of(id));
                    } else {
                        certain.remove(id);
                        open.add(id);
                    }
                }
            }
            check(store, certain, open);
        }
        store.list("running").forEach(store::delete);
        Repository mended = TestRepositories.in(store, Instant::now);
        mended.collect();
        Set<String> named = new HashSet<>();
        for (UUID id : mended.ids()) {
            mended.manifest(id).orElseThrow().tables().getFirst().slices().forEach(slice -> named.add(slice.id()));
        }
        assertThat(store.list("objects")).hasSize(named.size());
    }

    @Test
    void twoWorkersOfAJobNeverHoldItsFenceTogether() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            MemoryBlobStore store = new MemoryBlobStore();
            UUID job = new UUID(0, 1);
            Fence earlier = TestRepositories.in(store, Instant::now).fence(job);
            GuardedBlobStore guarded = new GuardedBlobStore(new FlakyStore(store, seed, HALF), new RetryingGuards(40));

            Fence later = TestRepositories.in(guarded, Instant::now).fence(job);

            assertThat(earlier.isHeld()).isFalse();
            assertThat(later.isHeld()).isTrue();
        }
    }

    private static void backUp(Repository repository, UUID id, int... values) {
        if (repository.settled(id).isPresent()) {
            return;
        }
        try (Holds.Hold _ = repository.hold(id)) {
            List<SliceEntry> slices = new ArrayList<>();
            for (int value : values) {
                slices.add(DiskHistory.put(repository, value));
            }
            slices.forEach(repository::verify);
            repository.commit(Manifests.of(id, slices.toArray(SliceEntry[]::new)));
        }
    }

    private static void check(BlobStore store, Set<UUID> certain, Set<UUID> open) {
        Repository repository = TestRepositories.in(store, Instant::now);
        List<UUID> listed = repository.ids();
        assertThat(listed).containsAll(certain);
        for (UUID id : listed) {
            assertThat(certain.contains(id) || open.contains(id)).isTrue();
            repository.manifest(id).orElseThrow().tables().getFirst().slices().forEach(repository::verify);
        }
    }
}
