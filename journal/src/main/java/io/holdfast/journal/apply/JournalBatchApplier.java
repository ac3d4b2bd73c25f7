package io.holdfast.journal.apply;

import java.util.List;

/** An applier that is faster with several records at a time. */
public interface JournalBatchApplier<T> extends JournalApplier<T> {

    /**
     * Applies records of one partition, in whatever way leaves what applying them one after the other would leave, and tells each what
     * came of it. One that is told nothing was not tried: it is handed over again in its turn. Throws nothing for a single record's sake.
     *
     * @param batch at least one, in the order in which they stand in the journal; those that follow the first are known not to be applied
     */
    void applyAll(List<Applying<T>> batch);
}
