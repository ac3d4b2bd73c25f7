package io.holdfast.backup.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.repository.Verdict;

/**
 * A backup as callers see it.
 *
 * @param state GOOD, or DAMAGED when something it needs is missing or was found to be changed
 * @param rows how many rows and static parts
 * @param bytes how many bytes are stored for it, some of them perhaps also for other backups
 * @param verifiedAt when it was last read back and compared as a whole
 * @param reason what is damaged
 */
record BackupView(
        UUID id,
        State state,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String schedule,
        @Nullable String requestedBy,
        long rows,
        long bytes,
        List<Table> tables,
        @Nullable Instant verifiedAt,
        @Nullable String reason) {
    /** Whether a backup can be restored. */
    enum State {
        GOOD,
        DAMAGED
    }

    /** One of its tables. */
    record Table(String keyspace, String table, long rows, long bytes, int slices) {
        static Table of(TableEntry entry) {
            return new Table(
                    entry.keyspace(),
                    entry.table(),
                    entry.rows(),
                    entry.bytes(),
                    entry.slices().size());
        }
    }

    /** A backup that was verified when it was made, and perhaps later. */
    static BackupView of(Manifest manifest, @Nullable Verdict verdict, List<String> missing) {
        List<String> damage = missing.isEmpty() && verdict != null ? verdict.damage() : missing;
        return new BackupView(
                manifest.id(),
                damage.isEmpty() ? State.GOOD : State.DAMAGED,
                manifest.startedAt(),
                manifest.endedAt(),
                manifest.schedule(),
                manifest.requestedBy(),
                manifest.rows(),
                manifest.bytes(),
                manifest.tables().stream().map(Table::of).toList(),
                verdict == null ? manifest.endedAt() : verdict.verifiedAt(),
                damage.isEmpty() ? null : Verifier.reason(damage));
    }

    /** A backup whose manifest cannot be read. */
    static BackupView unreadable(UUID id, String reason) {
        return new BackupView(id, State.DAMAGED, null, null, null, null, 0, 0, List.of(), null, reason);
    }
}
