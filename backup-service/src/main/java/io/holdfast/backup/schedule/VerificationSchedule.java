package io.holdfast.backup.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;

import org.springframework.scheduling.support.CronExpression;

import io.holdfast.backup.repository.Depth;
import io.holdfast.journal.id.NamedIds;

/**
 * When to verify which backups, and how deep.
 *
 * @param name of the schedule; part of the ids of its jobs
 * @param cron seconds, minutes, hours, day of month, month, day of week
 * @param zone in which the cron expression is read
 * @param depth how far each verification goes
 * @param which of the backups
 */
record VerificationSchedule(String name, CronExpression cron, ZoneId zone, Depth depth, Which which) implements Timed {
    private static final UUID NAMESPACE =
            UUID.nameUUIDFromBytes("io.holdfast.backup.verification".getBytes(StandardCharsets.US_ASCII));

    /** Which backups are verified. */
    enum Which {
        /** The newest of each schedule, and of each set of keyspaces that was asked for without one. */
        NEWEST,
        ALL
    }

    /** The job that verifies a backup at one firing: the same on every instance. */
    UUID job(Instant fire, UUID backup) {
        return NamedIds.of(NAMESPACE, "%s@%s/%s".formatted(name, fire, backup));
    }
}
