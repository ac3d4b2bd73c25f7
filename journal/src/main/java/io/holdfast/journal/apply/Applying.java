package io.holdfast.journal.apply;

import org.jspecify.annotations.Nullable;

import io.holdfast.journal.record.JournalRecord;

/** A record that is applied together with others, and what came of it. */
public final class Applying<T> {

    private final JournalRecord<T> record;
    private volatile boolean ended;
    private volatile @Nullable RuntimeException failure;

    public Applying(JournalRecord<T> record) {
        this.record = record;
    }

    public JournalRecord<T> record() {
        return record;
    }

    /** The tables have it, or never will, as {@link JournalApplier#apply} would have it. */
    public void succeeded() {
        ended = true;
    }

    /** What {@link JournalApplier#apply} would have thrown. */
    public void failed(RuntimeException thrown) {
        failure = thrown;
        ended = true;
    }

    /** Whether it was tried. */
    public boolean hasEnded() {
        return ended;
    }

    /** Null as long as it has not failed. */
    public @Nullable RuntimeException failure() {
        return failure;
    }
}
