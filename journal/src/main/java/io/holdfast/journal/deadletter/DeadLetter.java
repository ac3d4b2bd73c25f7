package io.holdfast.journal.deadletter;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A record that no try could apply, without its row.
 *
 * @param offset its number among the dead letters of its journal, rising
 * @param key null when it had none
 * @param id of the row; null when it cannot be read
 * @param operation and the rest of what the writer said of it; null when it cannot be read
 * @param timestamp microseconds since 1970
 * @param reason class and message of the last failure, one line
 * @param failedAt when it failed first
 * @param appendedAt when it came into the journal
 * @param from where in the journal it stands, {@code journal.orders-3@1234}
 */
public record DeadLetter(
        String journal,
        long offset,
        @Nullable String key,
        @Nullable String id,
        @Nullable String operation,
        @Nullable String row,
        @Nullable String rowVersion,
        @Nullable Long timestamp,
        @Nullable String node,
        @Nullable String reason,
        @Nullable Instant failedAt,
        Instant appendedAt,
        String from) {}
