package io.holdfast.journal.outbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What one instance left in one minute: written together, journaled together, deleted as a whole.
 *
 * @param minute its beginning
 */
public record OutboxPartition(String instance, Instant minute) {

    public OutboxPartition {
        minute = minute.truncatedTo(ChronoUnit.MINUTES);
    }
}
