package io.holdfast.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.support.CronExpression;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;

class TimetableTest {
    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    private final Schedule first = schedule("first");
    private final Schedule second = schedule("second");
    private final List<String> ordered = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private List<Schedule> inForce = List.of(first, second);
    private final Timetable<Schedule> timetable = new Timetable<>(() -> inForce, (schedule, fire) -> {
        if (failure != null && schedule.equals(first)) {
            throw failure;
        }
        ordered.add(schedule.name() + " " + fire);
    });

    @Test
    void whatIsDueIsOrderedOnce() {
        timetable.tick(NOON.plusSeconds(59));
        timetable.tick(NOON.plusSeconds(60));
        timetable.tick(NOON.plusSeconds(61));

        assertThat(ordered).containsExactly("first 2026-07-01T12:01:00Z", "second 2026-07-01T12:01:00Z");
    }

    @Test
    void whileWhatItNeedsIsAwayTheLastFiringIsKept() {
        timetable.tick(NOON);
        failure = new DependencyUnavailableException(
                "kafka", Reason.FAILED, Duration.ofSeconds(1), new IllegalStateException());
        timetable.tick(NOON.plusSeconds(60));
        timetable.tick(NOON.plusSeconds(125));
        failure = null;
        timetable.tick(NOON.plusSeconds(126));

        assertThat(ordered)
                .containsExactly(
                        "second 2026-07-01T12:01:00Z", "second 2026-07-01T12:02:00Z", "first 2026-07-01T12:02:00Z");
    }

    @Test
    void oneThatBreaksDoesNotStopTheOthersAndComesAgainWithItsNextFiring() {
        timetable.tick(NOON);
        failure = new IllegalStateException("broken");
        timetable.tick(NOON.plusSeconds(60));
        failure = null;
        timetable.tick(NOON.plusSeconds(61));
        timetable.tick(NOON.plusSeconds(120));

        assertThat(ordered)
                .containsExactly(
                        "second 2026-07-01T12:01:00Z", "first 2026-07-01T12:02:00Z", "second 2026-07-01T12:02:00Z");
    }

    @Test
    void oneThatIsTakenAwayIsForgotten() {
        timetable.tick(NOON);
        inForce = List.of();
        timetable.tick(NOON.plusSeconds(30));
        inForce = List.of(first);
        timetable.tick(NOON.plusSeconds(60));

        assertThat(ordered).isEmpty();
    }

    private static Schedule schedule(String name) {
        return new Schedule(name, CronExpression.parse("0 * * * * *"), ZoneId.of("UTC"), "shop", List.of(), null);
    }
}
