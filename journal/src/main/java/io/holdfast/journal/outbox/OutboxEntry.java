package io.holdfast.journal.outbox;

import java.time.Instant;

import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.StoredRecord;

/**
 * A record that could not be journaled.
 *
 * @param partition where it is kept until it is
 * @param stamp of the write, in microseconds, and {@code id} of its row: what tells it from the others of its partition
 * @param record as it is to be appended
 */
public record OutboxEntry(OutboxPartition partition, long stamp, String id, StoredRecord record) {

    /**
     * An entry for a record that could not be appended. Made just before it is written: its minute is the present one.
     *
     * @param instance that writes it
     * @param kept what {@link io.holdfast.journal.append.Journal#kept} made of the record
     */
    public static OutboxEntry of(String instance, Instant now, JournalRecord<?> record, StoredRecord kept) {
        return new OutboxEntry(
                new OutboxPartition(instance, now), record.stamp().microseconds(), record.id(), kept);
    }
}
