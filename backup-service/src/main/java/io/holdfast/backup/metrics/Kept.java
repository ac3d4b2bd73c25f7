package io.holdfast.backup.metrics;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Verdict;
import io.holdfast.backup.table.TableName;

/**
 * A backup in the repository.
 *
 * @param manifest null when it cannot be read
 * @param verdict of its last verification, if there was one since it was made
 */
record Kept(@Nullable Manifest manifest, @Nullable Verdict verdict) {

    boolean isGood() {
        return manifest != null && (verdict == null || verdict.isGood());
    }

    /** When it was last read back in full; a backup is, before it counts as one. */
    Instant verifiedAt() {
        if (verdict != null) {
            return verdict.verifiedAt();
        }
        return manifest == null ? Instant.EPOCH : manifest.endedAt();
    }

    /** The moment it brings a table back to; the epoch when it cannot. */
    Instant time(TableName table) {
        return manifest != null
                        && isGood()
                        && manifest.tables().stream()
                                .anyMatch(kept -> kept.name().equals(table))
                ? manifest.startedAt()
                : Instant.EPOCH;
    }
}
