package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceRange;

/** Random histories of a repository, whose process is killed now and then, against a set of ids. */
class RepositoryModelTest {
    /** What is done: a backup of some values, or a removal; killed after so many changes, or not at all. */
    record Step(boolean backup, int id, Set<Integer> values, int survivedChanges) {}

    @Property(tries = 2000)
    void everyListedBackupIsWholeAndNothingElseIsKept(@ForAll("histories") List<Step> history) {
        MemoryBlobStore store = new MemoryBlobStore();
        Set<UUID> certain = new HashSet<>();

        for (Step step : history) {
            UUID id = new UUID(0, step.id());
            boolean survived = run(store, step, id);
            Repository repository = TestRepositories.in(store, Instant::now);
            Set<UUID> listed = new HashSet<>(repository.ids());
            if (survived && step.backup()) {
                certain.add(id);
            } else {
                certain.remove(id);
            }
            assertThat(listed)
                    .containsAll(
                            certain.stream().filter(kept -> !kept.equals(id)).toList());
            if (survived) {
                assertThat(listed.contains(id)).isEqualTo(step.backup());
            }
            certain.addAll(listed);
            listed.forEach(each -> assertWhole(repository, each));
        }

        endHolds(store);
        Repository repository = TestRepositories.in(store, Instant::now);
        repository.collect();
        Set<String> named = new HashSet<>();
        repository
                .ids()
                .forEach(id -> repository.manifest(id).orElseThrow().tables().getFirst().slices().stream()
                        .map(SliceEntry::id)
                        .forEach(named::add));
        assertThat(store.list("objects")).hasSize(named.size());
    }

    private static boolean run(MemoryBlobStore store, Step step, UUID id) {
        store.killAfter(step.survivedChanges());
        try {
            Repository repository = TestRepositories.in(store, Instant::now);
            if (step.backup()) {
                backUp(repository, id, step.values());
            } else {
                repository.delete(id);
            }
            return true;
        } catch (MemoryBlobStore.Killed killed) {
            return false;
        } finally {
            store.startAgain();
        }
    }

    private static void backUp(Repository repository, UUID id, Set<Integer> values) {
        if (repository.manifest(id).isPresent()) {
            return;
        }
        try (Holds.Hold _ = repository.hold(id)) {
            SliceEntry[] slices = values.stream()
                    .sorted()
                    .map(value -> repository.put(
                            SliceRange.RING,
                            0,
                            Manifests.SHAPE.header(),
                            Rows.encoded(Rows.row(1, "key", "value " + value))))
                    .toArray(SliceEntry[]::new);
            List.of(slices).forEach(repository::verify);
            repository.commit(Manifests.of(id, slices));
        }
    }

    private static void assertWhole(Repository repository, UUID id) {
        repository.manifest(id).orElseThrow().tables().getFirst().slices().forEach(repository::verify);
    }

    /** A job that was killed is done again some day, and then gives its hold back. */
    private static void endHolds(MemoryBlobStore store) {
        store.list("running").forEach(store::delete);
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> survived = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Integer.MAX_VALUE)),
                Tuple.of(2, Arbitraries.integers().between(0, 8)));
        return Combinators.combine(
                        Arbitraries.of(true, true, false),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 6).set().ofMinSize(1).ofMaxSize(4),
                        survived)
                .as(Step::new)
                .list()
                .ofMaxSize(12);
    }
}
