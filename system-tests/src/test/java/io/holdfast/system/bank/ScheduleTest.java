package io.holdfast.system.bank;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Duration SHORT = Duration.ofSeconds(25);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final List<String> POINTS = List.of("after-journal", "after-cassandra");

    @Test
    void theSameSeedMakesTheSameScheduleAndAnotherSeedAnother() {
        assertThat(Schedule.of(7, LONG, POINTS)).isEqualTo(Schedule.of(7, LONG, POINTS));
        assertThat(Schedule.of(7, LONG, POINTS).faults())
                .isNotEqualTo(Schedule.of(8, LONG, POINTS).faults());
    }

    @Test
    void partsStopForThreeToTwelveSecondsAndAtMostTwoAtOnce() {
        assertThat(seeds().flatMap(seed -> Schedule.of(seed, LONG, POINTS).faults().stream()))
                .allSatisfy(fault -> {
                    assertThat(fault.parts()).hasSizeBetween(1, 2).isSubsetOf(Schedule.PARTS);
                    assertThat(fault.calm()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
                    assertThat(fault.lasting()).isLessThanOrEqualTo(Duration.ofSeconds(12));
                })
                .filteredOn(fault -> fault.kind() == Fault.Kind.STOP)
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.lasting()).isGreaterThanOrEqualTo(Duration.ofSeconds(3)));
    }

    @Test
    void evenAShortRunKillsBothStoresTogetherAndOrderService() {
        assertThat(seeds().map(seed -> Schedule.of(seed, SHORT, POINTS)))
                .allSatisfy(schedule -> assertThat(schedule.faults().stream().map(Fault::parts))
                        .contains(List.of("cassandra-1", "kafka-1"), List.of("order-service-1")));
    }

    @Test
    void tenSeedsKillAndStopEveryPartAndPassEveryPoint() {
        List<Fault> faults = seeds().flatMap(seed -> Schedule.of(seed, LONG, POINTS).faults().stream())
                .toList();

        for (Fault.Kind kind : List.of(Fault.Kind.KILL, Fault.Kind.STOP)) {
            assertThat(faults.stream()
                            .filter(fault -> fault.kind() == kind)
                            .flatMap(fault -> fault.parts().stream())
                            .collect(toSet()))
                    .as(kind.name())
                    .containsExactlyInAnyOrderElementsOf(Schedule.PARTS);
        }
        assertThat(faults.stream().map(Fault::point)).containsAll(POINTS);
    }

    @Test
    void itPrintsWhatItWillDo() {
        Schedule schedule = Schedule.of(7, SHORT, List.of());

        assertThat(schedule.toString())
                .startsWith("schedule of seed 7:\n")
                .contains("kill cassandra-1 and kafka-1 for ")
                .hasLineCount(schedule.faults().size() + 1);
    }

    private static Stream<Long> seeds() {
        return LongStream.rangeClosed(1, 10).boxed();
    }
}
