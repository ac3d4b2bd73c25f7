package io.holdfast.backup.metrics;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.repository.Depth;
import io.holdfast.backup.repository.Verdict;
import io.holdfast.backup.repository.Verdicts;
import io.holdfast.backup.table.TableName;

/**
 * A backup in the repository.
 *
 * @param contents of its manifest; null when that cannot be read
 * @param verdicts of its verifications since it was made
 */
record Kept(@Nullable Contents contents, Verdicts verdicts) {

    boolean isGood() {
        return contents != null && verdicts.last().map(Verdict::isGood).orElse(true);
    }

    /** When it was last read back in full; a backup is, before it counts as one. */
    Instant verifiedAt() {
        return verdicts.readBackAt().orElse(contents == null ? Instant.EPOCH : contents.endedAt());
    }

    /** When it was last shown to bring a table back, by a restore into a scratch keyspace; the epoch when it was not, or is damaged now. */
    Instant restoredAt(TableName table) {
        return holds(table) ? verdicts.goodAt(Depth.RESTORE).orElse(Instant.EPOCH) : Instant.EPOCH;
    }

    /** The moment it brings a table back to; the epoch when it cannot. */
    Instant time(TableName table) {
        return contents != null && holds(table) ? contents.startedAt() : Instant.EPOCH;
    }

    private boolean holds(TableName table) {
        return contents != null && isGood() && contents.tables().containsKey(table);
    }
}
