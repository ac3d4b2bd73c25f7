package io.holdfast.journal.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.holdfast.journal.apply.JournalApplier;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RowType;

/** Keeps the row with the highest timestamp, as a table of Cassandra's does; a test says what goes wrong before and after. */
public final class NotesTable implements JournalApplier<Note> {

    private final RowType<Note> rows;
    private final Map<String, JournalRecord<Note>> table = new ConcurrentHashMap<>();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private volatile Consumer<JournalRecord<Note>> before = record -> {};
    private volatile Consumer<JournalRecord<Note>> after = record -> {};

    public NotesTable(RowType<Note> rows) {
        this.rows = rows;
    }

    public void before(Consumer<JournalRecord<Note>> happens) {
        before = happens;
    }

    public void after(Consumer<JournalRecord<Note>> happens) {
        after = happens;
    }

    /** The ids as they were written, again and again. */
    public List<String> writes() {
        return writes;
    }

    public Map<String, JournalRecord<Note>> table() {
        return table;
    }

    @Override
    public RowType<Note> rows() {
        return rows;
    }

    @Override
    public void apply(JournalRecord<Note> record) {
        before.accept(record);
        table.merge(record.id(), record, (old, fresh) -> fresh.stamp().compareTo(old.stamp()) >= 0 ? fresh : old);
        writes.add(record.id());
        after.accept(record);
    }
}
