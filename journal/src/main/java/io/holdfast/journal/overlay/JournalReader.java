package io.holdfast.journal.overlay;

import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RowType;

/**
 * Learns of the records of a journal as this instance's overlay reads them: all that are appended from now on, whoever appended them, and the
 * last ones before. Each comes once or more often, applied or not, in no certain order. A bean of this type is found by its rows.
 *
 * <p>It is asked by the thread that follows the journal, so it must not wait for anything.
 */
public interface JournalReader<T> {

    RowType<T> rows();

    /** Whether to read the record at all. */
    boolean wants(String id, Stamp stamp);

    void read(JournalRecord<T> record);
}
