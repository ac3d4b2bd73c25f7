package io.holdfast.backup.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.holdfast.backup.repository.Depth;
import io.holdfast.backup.repository.JournalEntry;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.repository.Verdict;
import io.holdfast.backup.repository.Verdicts;

/**
 * A backup as callers see it.
 *
 * @param state GOOD, or DAMAGED when something it needs is missing or was found to be changed
 * @param rows how many rows and static parts
 * @param bytes how many bytes are stored for it, some of them perhaps also for other backups
 * @param consistency what it promises about writes that happened while it was made
 * @param journals what the journals of its tables took meanwhile
 * @param verifiedAt when the verification ended that counts: the last, or one before that found damage which no later one cleared
 * @param depth how far that went
 * @param restoreVerifiedAt when it was last restored into a scratch keyspace and came back exactly
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

        @Schema(
                description =
                        "What it promises about writes that happened while it was made, in words; null when its manifest cannot be read")
        @Nullable
        String consistency,

        @Schema(
                description =
                        "For each journal that covers some of its tables: the topic, Kafka's id of it, those tables, and of each partition the first offset written after the start of the backup (start) and the one behind the last written before its end (end). Tables that are in none of them have no journal, or nothing is known of it")
        List<JournalEntry> journals,

        @Nullable Instant verifiedAt,
        @Nullable Depth depth,
        @Nullable Instant restoreVerifiedAt,
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
    static BackupView of(Manifest manifest, Verdicts verdicts, List<String> missing) {
        Verdict verdict = verdicts.last().orElseGet(() -> new Verdict(Depth.FULL, manifest.endedAt(), List.of()));
        List<String> damage = missing.isEmpty() ? verdict.damage() : missing;
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
                manifest.consistency(),
                manifest.journals(),
                verdict.verifiedAt(),
                verdict.depth(),
                verdicts.goodAt(Depth.RESTORE).orElse(null),
                damage.isEmpty() ? null : Verifier.reason(damage));
    }

    /** A backup whose manifest cannot be read. */
    static BackupView unreadable(UUID id, String reason) {
        return new BackupView(
                id, State.DAMAGED, null, null, null, null, 0, 0, List.of(), null, List.of(), null, null, null, reason);
    }
}
