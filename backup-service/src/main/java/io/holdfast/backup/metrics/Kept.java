package io.holdfast.backup.metrics;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.repository.Depth;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Verdict;
import io.holdfast.backup.repository.Verdicts;
import io.holdfast.backup.table.TableName;

/**
 * A backup in the repository.
 *
 * @param manifest null when it cannot be read
 * @param verdicts of its verifications since it was made
 */
record Kept(@Nullable Manifest manifest, Verdicts verdicts) {

    boolean isGood() {
        return manifest != null && verdicts.last().map(Verdict::isGood).orElse(true);
    }

    /** When it was last read back in full; a backup is, before it counts as one. */
    Instant verifiedAt() {
        return verdicts.readBackAt().orElse(manifest == null ? Instant.EPOCH : manifest.endedAt());
    }

    /** When it was last shown to bring a table back, by a restore into a scratch keyspace; the epoch when it was not, or is damaged now. */
    Instant restoredAt(TableName table) {
        return holds(table) ? verdicts.goodAt(Depth.RESTORE).orElse(Instant.EPOCH) : Instant.EPOCH;
    }

    /** The moment it brings a table back to; the epoch when it cannot. */
    Instant time(TableName table) {
        return manifest != null && holds(table) ? manifest.startedAt() : Instant.EPOCH;
    }

    private boolean holds(TableName table) {
        return manifest != null
                && isGood()
                && manifest.tables().stream().anyMatch(kept -> kept.name().equals(table));
    }
}
