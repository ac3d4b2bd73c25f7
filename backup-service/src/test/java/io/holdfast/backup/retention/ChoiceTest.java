package io.holdfast.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @Test
    void keepsWhatEitherTheNumberOrTheAgeKeeps() {
        List<Candidate> hourly =
                List.of(good(1, hours(0)), good(2, hours(1)), good(3, hours(2)), good(4, hours(3)), good(5, hours(4)));

        assertThat(removed(new Retention(2, null), hourly)).containsExactlyInAnyOrder(id(3), id(4), id(5));
        assertThat(removed(new Retention(null, Duration.ofHours(3)), hourly)).containsExactlyInAnyOrder(id(4), id(5));
        assertThat(removed(new Retention(2, Duration.ofHours(3)), hourly)).containsExactlyInAnyOrder(id(4), id(5));
        assertThat(removed(new Retention(4, Duration.ofHours(1)), hourly)).containsExactlyInAnyOrder(id(5));
    }

    @Test
    void aScheduleWhoseBackupsFailDoesNotEatItsPast() {
        List<Candidate> longAgo = List.of(good(1, hours(9000)), good(2, hours(9001)));

        assertThat(removed(new Retention(null, Duration.ofHours(24)), longAgo)).isEmpty();
    }

    @Test
    void damagedOnesAreNotCountedAndTheLastGoodOneStays() {
        List<Candidate> backups =
                List.of(damaged(1, hours(0)), damaged(2, hours(1)), good(3, hours(2)), good(4, hours(3)));

        assertThat(removed(new Retention(1, null), backups)).containsExactly(id(4));
        assertThat(removed(new Retention(1, null), List.of(good(1, hours(0)), damaged(2, hours(1)))))
                .containsExactly(id(2));
    }

    @Test
    void theLastGoodOneOfOtherKeyspacesStays() {
        Candidate other = new Candidate(id(9), hours(99), hours(99), true, Set.of("users"), false);

        Map<UUID, Fate> fates =
                new Choice(new Retention(1, null), NOW).among(List.of(good(1, hours(0)), good(2, hours(1)), other));

        assertThat(fates).containsEntry(id(9), Fate.LAST_GOOD).containsEntry(id(2), Fate.REMOVED);
    }

    @Test
    void whatAJobNeedsStays() {
        Candidate needed = new Candidate(id(2), hours(1), hours(1), true, Set.of("shop"), true);

        assertThat(removed(new Retention(1, null), List.of(good(1, hours(0)), needed)))
                .isEmpty();
    }

    @Test
    void oneThatCameFromTheFutureDisplacesNoneWhenItsTimeHasCome() {
        Instant stated = NOW.minus(Duration.ofMinutes(30));
        Candidate old = new Candidate(id(1), stated, NOW.minus(Duration.ofDays(365)), true, Set.of("shop"), false);

        assertThat(removed(new Retention(1, null), List.of(old, good(2, hours(1)))))
                .isEmpty();
        assertThat(removed(new Retention(null, Duration.ofMinutes(1)), List.of(old, good(2, hours(1)))))
                .isEmpty();
    }

    @Property(tries = 2000)
    void theNewestGoodOneOfAllKeyspacesIsNeverRemoved(
            @ForAll("retentions") Retention retention, @ForAll("backups") List<Candidate> backups) {
        Set<UUID> removed = removed(retention, backups);

        Map<Set<String>, Candidate> newest = backups.stream()
                .filter(backup -> backup.good() && !backup.startedAt().isAfter(NOW))
                .collect(Collectors.toMap(
                        Candidate::keyspaces,
                        backup -> backup,
                        (one, other) -> NEWEST.compare(one, other) > 0 ? one : other));
        assertThat(newest.values()).noneMatch(backup -> removed.contains(backup.id()));
    }

    @Property(tries = 2000)
    void onlyWhatNeitherRuleKeepsIsRemoved(
            @ForAll("retentions") Retention retention, @ForAll("backups") List<Candidate> backups) {
        Set<UUID> removed = removed(retention, backups);

        for (Candidate backup : backups) {
            List<Candidate> newer = backups.stream()
                    .filter(other ->
                            other.good() && !other.startedAt().isAfter(NOW) && NEWEST.compare(other, backup) > 0)
                    .toList();
            boolean tooMany = retention.count() == null || newer.size() >= retention.count();
            boolean tooOld = retention.age() == null
                    || newer.stream()
                            .anyMatch(other ->
                                    !backup.startedAt().plus(retention.age()).isAfter(other.startedAt()));
            if (removed.contains(backup.id())) {
                assertThat(tooMany && tooOld && !backup.startedAt().isAfter(NOW) && !backup.inUse())
                        .isTrue();
            }
        }
    }

    @Property(tries = 2000)
    void oneFromTheFutureChangesNothingForTheOthers(
            @ForAll("retentions") Retention retention, @ForAll("backups") List<Candidate> backups) {
        Set<UUID> without = removed(retention, backups);
        List<Candidate> more = new ArrayList<>(backups);
        more.add(new Candidate(id(1000), NOW.plusSeconds(1), NOW.plusSeconds(1), true, Set.of("shop"), false));

        assertThat(removed(retention, more)).isEqualTo(without);
    }

    @Property(tries = 500)
    void theOrderInWhichTheyAreListedDoesNotMatter(
            @ForAll("retentions") Retention retention,
            @ForAll("backups") List<Candidate> backups,
            @ForAll Random random) {
        List<Candidate> shuffled = new ArrayList<>(backups);
        Collections.shuffle(shuffled, random);

        assertThat(removed(retention, shuffled)).isEqualTo(removed(retention, backups));
    }

    /** Backups by workers whose clocks are wrong by up to days, pruned after each by a clock that is right. */
    @Property(tries = 2000)
    void theOneThatReallyWasTakenLastStaysWhateverTheClocksOfWorkersThatRunAheadSay(
            @ForAll("retentions") Retention retention, @ForAll("skews") List<Integer> hoursAhead) {
        Map<UUID, Candidate> kept = new HashMap<>();
        Instant now = NOW;
        for (int number = 0; number < hoursAhead.size(); number++) {
            now = now.plus(Duration.ofHours(1));
            Instant stated = now.plus(Duration.ofHours(hoursAhead.get(number)));
            kept.put(id(number), new Candidate(id(number), stated, now, true, Set.of("shop"), false));

            for (int more = 0; more < 2; more++) {
                Map<UUID, Fate> fates = new Choice(retention, now.plus(Duration.ofMinutes(more * 59L)))
                        .among(new ArrayList<>(kept.values()));
                fates.forEach((id, fate) -> {
                    if (fate == Fate.REMOVED) {
                        kept.remove(id);
                    }
                });
                assertThat(kept).containsKey(id(number));
            }
        }
    }

    @Provide
    Arbitrary<Retention> retentions() {
        Arbitrary<@Nullable Integer> count =
                Arbitraries.integers().between(1, 5).injectNull(0.3);
        Arbitrary<@Nullable Duration> age =
                Arbitraries.integers().between(1, 30).map(Duration::ofHours).injectNull(0.3);
        return Combinators.combine(count, age)
                .filter((number, time) -> number != null || time != null)
                .as(Retention::new);
    }

    @Provide
    Arbitrary<List<Candidate>> backups() {
        return Combinators.combine(
                        Arbitraries.integers().between(-10, 40),
                        Arbitraries.integers().between(0, 10),
                        Arbitraries.of(true, true, true, false),
                        Arbitraries.of(Set.of("shop"), Set.of("shop", "users"), Set.<String>of()),
                        Arbitraries.of(false, false, false, true))
                .as((age, ahead, good, keyspaces, inUse) -> new Candidate(
                        id(0), hours(age), ahead == 0 ? hours(age + 20) : hours(age), good, keyspaces, inUse))
                .list()
                .ofMaxSize(12)
                .map(ChoiceTest::numbered);
    }

    @Provide
    Arbitrary<List<Integer>> skews() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.just(0)),
                        Tuple.of(1, Arbitraries.integers().between(1, 12)))
                .list()
                .ofMaxSize(20);
    }

    private static final Comparator<Candidate> NEWEST =
            Comparator.comparing(Candidate::startedAt).thenComparing(Candidate::id);

    private static List<Candidate> numbered(List<Candidate> backups) {
        List<Candidate> numbered = new ArrayList<>();
        for (Candidate backup : backups) {
            numbered.add(new Candidate(
                    id(numbered.size()),
                    backup.startedAt(),
                    backup.firstSeen(),
                    backup.good(),
                    backup.keyspaces(),
                    backup.inUse()));
        }
        return numbered;
    }

    private static Set<UUID> removed(Retention retention, List<Candidate> backups) {
        Set<UUID> removed = new HashSet<>();
        new Choice(retention, NOW).among(backups).forEach((id, fate) -> {
            if (fate == Fate.REMOVED) {
                removed.add(id);
            }
        });
        return removed;
    }

    private static Candidate good(int number, Instant startedAt) {
        return new Candidate(id(number), startedAt, startedAt, true, Set.of("shop"), false);
    }

    private static Candidate damaged(int number, Instant startedAt) {
        return new Candidate(id(number), startedAt, startedAt, false, Set.of("shop"), false);
    }

    private static Instant hours(int ago) {
        return NOW.minus(Duration.ofHours(ago));
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }
}
