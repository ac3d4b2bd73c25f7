package io.holdfast.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.scheduling.support.CronExpression;

import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.table.TableName;

class ScheduleTest {
    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    @Test
    void firesByTheClockOfItsZone() {
        Schedule nightly = schedule("0 30 2 * * *", "Europe/London", List.of());

        assertThat(nightly.lastBetween(Instant.parse("2026-07-01T01:29:59Z"), Instant.parse("2026-07-01T01:30:00Z")))
                .contains(Instant.parse("2026-07-01T01:30:00Z"));
        assertThat(nightly.lastBetween(Instant.parse("2026-12-01T02:29:59Z"), Instant.parse("2026-12-01T02:30:00Z")))
                .contains(Instant.parse("2026-12-01T02:30:00Z"));
        assertThat(nightly.lastBetween(NOON, NOON.plusSeconds(3600))).isEmpty();
    }

    @Test
    void ofSeveralFiringsThatWereMissedTheLastCounts() {
        Schedule minutely = schedule("0 * * * * *", "UTC", List.of());

        assertThat(minutely.lastBetween(NOON, NOON.plusSeconds(300))).contains(NOON.plusSeconds(300));
        assertThat(minutely.lastBetween(NOON, NOON)).isEmpty();
    }

    @Test
    void everyInstanceGivesAFiringTheSameJob() {
        Schedule here = schedule("0 * * * * *", "UTC", List.of());
        Schedule there = schedule("0 * * * * *", "UTC", List.of());

        assertThat(here.job(NOON)).isEqualTo(there.job(NOON)).isNotEqualTo(here.job(NOON.plusSeconds(60)));
        assertThat(here.job(NOON).version()).isEqualTo(5);
    }

    @Test
    void ordersAKeyspaceOrSomeOfItsTables() {
        assertThat(schedule("0 * * * * *", "UTC", List.of()).order())
                .isEqualTo(new JobOrder.Backup(List.of("shop"), List.of()));
        assertThat(schedule("0 * * * * *", "UTC", List.of("orders")).order())
                .isEqualTo(new JobOrder.Backup(List.of(), List.of(new TableName("shop", "orders"))));
    }

    private static Schedule schedule(String cron, String zone, List<String> tables) {
        return new Schedule("nightly", CronExpression.parse(cron), ZoneId.of(zone), "shop", tables, null);
    }
}
