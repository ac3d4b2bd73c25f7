package io.holdfast.backup.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.retention.Retention;
import io.holdfast.backup.table.TableName;
import io.holdfast.journal.id.NamedIds;

/**
 * When to take a backup of what.
 *
 * @param name of the schedule; part of the ids of its jobs
 * @param cron seconds, minutes, hours, day of month, month, day of week
 * @param zone in which the cron expression is read
 * @param keyspace what to back up
 * @param tables which of its tables; all when empty
 * @param retention which of its backups are kept; all when null
 */
record Schedule(
        String name,
        CronExpression cron,
        ZoneId zone,
        String keyspace,
        List<String> tables,
        @Nullable Retention retention)
        implements Timed {
    private static final UUID NAMESPACE =
            UUID.nameUUIDFromBytes("io.holdfast.backup.schedule".getBytes(StandardCharsets.US_ASCII));

    Schedule {
        tables = List.copyOf(tables);
    }

    /** The job of one firing: the same on every instance. */
    UUID job(Instant fire) {
        return NamedIds.of(NAMESPACE, name + "@" + fire);
    }

    JobOrder.Backup order() {
        return tables.isEmpty()
                ? new JobOrder.Backup(List.of(keyspace), List.of())
                : new JobOrder.Backup(
                        List.of(),
                        tables.stream()
                                .map(table -> new TableName(keyspace, table))
                                .toList());
    }
}
