package io.holdfast.backup.metrics;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;

import io.holdfast.backup.table.TableName;

/**
 * Shows what the last look at the repository found. Times are moments and not ages, so that an age goes on growing when
 * nobody can look any more; the age of the last verified restore grows by itself. There is nothing to see before the first look.
 */
final class BackupMeters {
    private static final String SECONDS = "seconds";

    private final MultiGauge newest;
    private final MultiGauge kept;
    private final MultiGauge verifiedAt;
    private final MultiGauge verifiedGood;
    private final MultiGauge restoreAge;
    private final InstantSource clock;

    BackupMeters(MeterRegistry meters, InstantSource clock) {
        this.clock = clock;
        restoreAge = MultiGauge.builder("holdfast.backup.verified.restore.age")
                .description(
                        "How long ago a backup of a keyspace was last restored into a scratch keyspace and came back exactly; since 1970 when none was")
                .baseUnit(SECONDS)
                .register(meters);
        newest = MultiGauge.builder("holdfast.backup.newest.timestamp")
                .description("When the backup began that brings all tables of a keyspace back; 0 when none does")
                .baseUnit(SECONDS)
                .register(meters);
        kept = MultiGauge.builder("holdfast.backup.kept")
                .description("Backups in the repository")
                .register(meters);
        verifiedAt = MultiGauge.builder("holdfast.backup.verification.timestamp")
                .description("When a backup was last read back in full; 0 for never")
                .baseUnit(SECONDS)
                .register(meters);
        verifiedGood = MultiGauge.builder("holdfast.backup.verification.good")
                .description("1 when that found everything whole, 0 when not")
                .register(meters);
    }

    /**
     * Shows what was found.
     *
     * @param backups all there are
     * @param tables the tables there are now, by keyspace: each keyspace is as old as its oldest table
     */
    void show(Collection<Kept> backups, Map<String, Set<TableName>> tables) {
        newest.register(
                tables.entrySet().stream()
                        .<Row<?>>map(keyspace -> Row.of(
                                Tags.of("keyspace", keyspace.getKey()),
                                seconds(oldest(keyspace.getValue(), backups, Kept::time))))
                        .toList(),
                true);
        restoreAge.register(
                tables.entrySet().stream()
                        .<Row<?>>map(keyspace -> Row.of(
                                Tags.of("keyspace", keyspace.getKey()),
                                oldest(keyspace.getValue(), backups, Kept::restoredAt),
                                restored -> seconds(clock.instant()) - seconds(restored)))
                        .toList(),
                true);
        long good = backups.stream().filter(Kept::isGood).count();
        kept.register(
                List.of(
                        Row.of(Tags.of("state", "good"), good),
                        Row.of(Tags.of("state", "damaged"), backups.size() - good)),
                true);
        Kept last = backups.stream().max(Comparator.comparing(Kept::verifiedAt)).orElse(null);
        verifiedAt.register(List.of(Row.of(Tags.empty(), last == null ? 0 : seconds(last.verifiedAt()))), true);
        verifiedGood.register(List.of(Row.of(Tags.empty(), last != null && last.isGood() ? 1 : 0)), true);
    }

    private static Instant oldest(
            Set<TableName> tables, Collection<Kept> backups, BiFunction<Kept, TableName, Instant> moment) {
        return tables.stream()
                .map(table -> backups.stream()
                        .map(backup -> moment.apply(backup, table))
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH))
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static double seconds(Instant moment) {
        return moment.toEpochMilli() / 1000.0;
    }
}
