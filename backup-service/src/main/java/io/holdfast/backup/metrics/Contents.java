package io.holdfast.backup.metrics;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.table.TableName;

/**
 * What is remembered of a manifest. Not its slices: there are thousands, and many backups.
 *
 * @param tables with the number of their rows
 */
record Contents(Instant startedAt, Instant endedAt, Map<TableName, Long> tables) {
    static Contents of(Manifest manifest) {
        return new Contents(
                manifest.startedAt(),
                manifest.endedAt(),
                manifest.tables().stream().collect(Collectors.toUnmodifiableMap(TableEntry::name, TableEntry::rows)));
    }
}
