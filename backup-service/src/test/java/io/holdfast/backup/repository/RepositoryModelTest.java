package io.holdfast.backup.repository;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

import io.holdfast.backup.repository.RepositoryHistory.Action;
import io.holdfast.backup.repository.RepositoryHistory.Step;

/**
 * Random histories of a repository that two processes use, whose clocks differ and who are killed now and then, against a map of ids:
 * whatever happened, every backup that is kept is whole, none is there that should not be, and after the next collection no object
 * is there that no backup names.
 */
class RepositoryModelTest {
    /** Runs with {@code ./holdfast test --full}. */
    static final class OnlyInFull implements SkipExecutionHook {
        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            return Boolean.getBoolean("holdfast.full")
                    ? SkipResult.doNotSkip()
                    : SkipResult.skip("runs with ./holdfast test --full");
        }
    }

    @Property(tries = 200)
    void everyKeptBackupIsWholeAndNothingElseIsKept(
            @ForAll("skews") Duration skew, @ForAll("histories") List<Step> history) {
        new RepositoryHistory(skew).run(history);
    }

    @Property(tries = 2000)
    @AddLifecycleHook(OnlyInFull.class)
    void everyKeptBackupIsWholeAndNothingElseIsKeptInManyHistories(
            @ForAll("skews") Duration skew, @ForAll("histories") List<Step> history) {
        new RepositoryHistory(skew).run(history);
    }

    @Provide
    Arbitrary<Duration> skews() {
        return Arbitraries.integers().between(-400, 400).map(Duration::ofHours);
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Step> meanwhile = step(
                Arbitraries.of(Action.DELETE, Action.EXPIRE, Action.COLLECT, Action.RENEW_KEYS, Action.VERIFY),
                Arbitraries.just(List.of()));
        return step(
                        Arbitraries.frequencyOf(
                                Tuple.of(4, Arbitraries.just(Action.BACK_UP)),
                                Tuple.of(6, Arbitraries.of(Action.class))),
                        meanwhile.list().ofMaxSize(2))
                .list()
                .ofMaxSize(14);
    }

    private static Arbitrary<Step> step(Arbitrary<Action> actions, Arbitrary<List<Step>> meanwhile) {
        Arbitrary<Integer> survived = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Integer.MAX_VALUE)),
                Tuple.of(2, Arbitraries.integers().between(0, 10)));
        Arbitrary<Set<Integer>> values =
                Arbitraries.integers().between(1, 6).set().ofMinSize(1).ofMaxSize(4);
        return Combinators.combine(
                        actions,
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(1, 4),
                        values,
                        Arbitraries.integers().between(1, 100),
                        survived,
                        meanwhile)
                .as(Step::new);
    }
}
