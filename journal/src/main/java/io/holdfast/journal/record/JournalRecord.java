package io.holdfast.journal.record;

import io.holdfast.journal.clock.Stamp;

/**
 * A write as the journal keeps it. Applied twice or out of order it leaves the same row, because whoever applies it writes the whole row
 * under {@code stamp}.
 *
 * @param type the kind of row, and so the journal
 * @param key what belongs together, a user's id for instance: records of one key stand in one partition, in the order they were appended
 * @param id of the row
 * @param row the whole row, also of one that is deleted
 * @param stamp the timestamp the row is written under, raised by the rank of the write
 */
public record JournalRecord<T>(RowType<T> type, String key, String id, Operation operation, T row, Stamp stamp) {

    public JournalRecord {
        if (key.isEmpty() || id.isEmpty()) {
            throw new IllegalArgumentException("A record of the journal has a key and an id");
        }
    }

    public static <T> JournalRecord<T> upsert(RowType<T> type, String key, String id, T row, Stamp stamp) {
        return new JournalRecord<>(type, key, id, Operation.UPSERT, row, stamp);
    }

    public static <T> JournalRecord<T> delete(RowType<T> type, String key, String id, T row, Stamp stamp) {
        return new JournalRecord<>(type, key, id, Operation.DELETE, row, stamp);
    }

    /** Which of the writes under one acceptance this is, 0 to 3: the lowest bits of the stamp. */
    public int rank() {
        return stamp.rank();
    }
}
