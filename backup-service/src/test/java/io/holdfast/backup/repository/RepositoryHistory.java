package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import io.holdfast.backup.slice.DamagedSliceException;
import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceRange;

/** One history of a repository that two processes use. What is true of it is checked after each step. */
final class RepositoryHistory {
    /** A hold that is older than this, by the clock of who looks, does not count. */
    private static final Duration HOLDS_COUNT = Duration.ofDays(7);

    /** What a process does. */
    enum Action {
        BACK_UP,
        DELETE,
        /** Deletes what is older than so many hours, but not the newest. */
        EXPIRE,
        COLLECT,
        RENEW_KEYS,
        VERIFY
    }

    /**
     * One step.
     *
     * @param second by which of the two processes
     * @param id of the backup that is made or deleted
     * @param values the slices of a backup
     * @param hours how far the clocks go on before it, and what expires
     * @param survivedChanges after how many changes of the store the process is killed
     * @param meanwhile what the other process does between the storing of a backup's slices and its commit
     */
    record Step(
            Action action,
            boolean second,
            int id,
            Set<Integer> values,
            int hours,
            int survivedChanges,
            List<Step> meanwhile) {}

    private final MemoryBlobStore store = new MemoryBlobStore();
    private final Duration skew;
    private final Worker first = new Worker(Duration.ZERO);
    private final Worker second;
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    /** The backups there are for certain. */
    private Set<UUID> kept = Set.of();

    RepositoryHistory(Duration skew) {
        this.skew = skew;
        this.second = new Worker(skew);
    }

    void run(List<Step> steps) {
        for (Step step : steps) {
            now = now.plus(Duration.ofHours(step.hours()));
            take(step, step.second() ? second : first);
        }
        // A job that was killed is done again some day, and then gives its hold back.
        store.list("running").forEach(store::delete);
        Repository last = TestRepositories.in(store, () -> now);
        last.collect();
        assertThat(orphanedBytes(last)).isZero();
        assertThat(store.list(Verdict.FOLDER))
                .allMatch(name -> kept.contains(Verdict.id(name).orElseThrow()));
        kept.forEach(id -> assertWhole(last, id));
    }

    /** A process with a clock of its own, which remembers the keys it has seen until it is killed. */
    private final class Worker {
        private final InstantSource clock;
        private Repository repository;

        Worker(Duration ahead) {
            this.clock = () -> now.plus(ahead);
            this.repository = TestRepositories.in(store, clock);
        }

        /** Whether it lived through something. */
        boolean survives(int changes, Runnable action) {
            store.killAfter(changes);
            try {
                action.run();
                return true;
            } catch (MemoryBlobStore.Killed killed) {
                repository = TestRepositories.in(store, clock);
                return false;
            } finally {
                store.startAgain();
            }
        }
    }

    private void take(Step step, Worker process) {
        UUID id = new UUID(0, step.id());
        Set<UUID> before = kept;
        switch (step.action()) {
            case BACK_UP -> backUp(step, process, id);
            case DELETE ->
                settle(process.survives(step.survivedChanges(), () -> process.repository.delete(id)), Set.of(id));
            case EXPIRE -> {
                Set<UUID> expired = expired(process, step.hours());
                settle(
                        process.survives(step.survivedChanges(), () -> expired.forEach(process.repository::delete)),
                        expired);
            }
            case COLLECT ->
                settle(process.survives(step.survivedChanges(), () -> process.repository.collect()), Set.of());
            case RENEW_KEYS ->
                settle(process.survives(step.survivedChanges(), () -> process.repository.renewKeys()), Set.of());
            case VERIFY -> settle(process.survives(step.survivedChanges(), () -> verify(process, before)), Set.of());
        }
    }

    /** What is there after a step that removes some, or was killed while it did. */
    private void settle(boolean survived, Set<UUID> removed) {
        Set<UUID> without = new HashSet<>(kept);
        without.removeAll(removed);
        Repository fresh = TestRepositories.in(store, () -> now);
        Set<UUID> listed = Set.copyOf(fresh.ids());
        assertThat(kept).containsAll(listed);
        assertThat(listed).containsAll(without);
        if (survived) {
            assertThat(listed).isEqualTo(without);
        }
        kept = listed;
        listed.forEach(id -> assertWhole(fresh, id));
    }

    private void backUp(Step step, Worker process, UUID id) {
        if (kept.contains(id)) {
            return;
        }
        Holds.Hold[] hold = new Holds.Hold[1];
        SliceEntry[][] slices = new SliceEntry[1][];
        boolean stored = process.survives(step.survivedChanges(), () -> {
            hold[0] = process.repository.hold(id);
            slices[0] = new TreeSet<>(step.values())
                    .stream().map(value -> put(process, value)).toArray(SliceEntry[]::new);
        });
        settle(stored, Set.of());
        step.meanwhile().forEach(other -> take(other, process == first ? second : first));
        if (!stored) {
            return;
        }
        boolean[] committed = new boolean[1];
        boolean ended = process.survives(step.survivedChanges(), () -> {
            committed[0] = commit(process, id, slices[0]);
            hold[0].close();
        });
        Set<UUID> with = new HashSet<>(kept);
        with.add(id);
        Set<UUID> listed = Set.copyOf(TestRepositories.in(store, () -> now).ids());
        if (ended) {
            assertThat(listed.contains(id)).isEqualTo(committed[0]);
        }
        assertThat(with).containsAll(listed);
        kept = with.stream()
                .filter(each -> !each.equals(id) || listed.contains(id))
                .collect(Collectors.toUnmodifiableSet());
        settle(true, Set.of());
    }

    private static SliceEntry put(Worker process, int value) {
        return process.repository.put(
                SliceRange.RING, 0, Manifests.SHAPE.header(), Rows.encoded(Rows.row(1, "key", "value " + value)));
    }

    /** Reads everything back first. Only where the other's clock is so far ahead that the hold does not count, something may be gone. */
    private boolean commit(Worker process, UUID id, SliceEntry[] slices) {
        try {
            List.of(slices).forEach(process.repository::verify);
        } catch (DamagedSliceException gone) {
            assertThat(skew.abs()).isGreaterThanOrEqualTo(HOLDS_COUNT);
            return false;
        }
        process.repository.commit(Manifests.of(id, now, slices));
        return true;
    }

    private static Set<UUID> expired(Worker process, int hours) {
        Map<UUID, Instant> startedAt = process.repository.ids().stream()
                .collect(Collectors.toMap(
                        id -> id,
                        id -> process.repository.manifest(id).orElseThrow().startedAt()));
        Instant newest =
                startedAt.values().stream().max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        Instant oldest = process.clock.instant().minus(Duration.ofHours(hours));
        return startedAt.entrySet().stream()
                .filter(backup ->
                        backup.getValue().isBefore(oldest) && backup.getValue().isBefore(newest))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void verify(Worker process, Set<UUID> ids) {
        try (Holds.Hold _ = process.repository.hold(new UUID(5, 5))) {
            for (UUID id : ids) {
                assertWhole(process.repository, id);
                process.repository.keep(id, new Verdict(process.clock.instant(), List.of()));
            }
        }
    }

    private static void assertWhole(Repository repository, UUID id) {
        repository.manifest(id).orElseThrow().tables().getFirst().slices().forEach(slice -> {
            repository.verifyStructure(slice);
            repository.verify(slice);
        });
        assertThat(repository.verdicts(id).last().map(Verdict::isGood).orElse(true))
                .isTrue();
    }

    private long orphanedBytes(Repository repository) {
        Set<String> named = repository.ids().stream()
                .flatMap(id -> repository.manifest(id).orElseThrow().tables().getFirst().slices().stream())
                .map(slice -> Slices.object(slice.id()))
                .collect(Collectors.toSet());
        return store.list("objects").stream()
                .filter(name -> !named.contains(name))
                .mapToLong(name -> store.size(name).orElseThrow())
                .sum();
    }
}
