package io.holdfast.storage.outbox;

import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RowType;

/** A row of these tests. */
record Note(String text) {

    static final RowType<Note> ROWS = RowType.first("notes", "note", Note.class);

    static JournalRecord<Note> saying(String text, String id, long stamp) {
        return JournalRecord.upsert(ROWS, "user-1", id, new Note(text), new Stamp(stamp));
    }
}
