package io.holdfast.journal.apply;

import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RowType;

/**
 * Brings records of one kind into the tables of a service; a bean. Records come again after a crash, a rebalance or a replay, and those
 * that were tried again come later than their successors: so the whole row is written under the record's stamp, and nothing else.
 */
public interface JournalApplier<T> {

    /** The kind of row. */
    RowType<T> rows();

    /**
     * Whether it is known that the tables have this write, or a later one, of the row: then it is not applied. Asks nobody; see {@link
     * OwnWrites}.
     */
    default boolean isApplied(String id, Stamp stamp) {
        return false;
    }

    /**
     * Whether this instance is still doing itself what the record is about, because somebody waits for it: then the record waits too, ten
     * times its grace at most. Asks nobody.
     */
    default boolean isUnderWay(String id) {
        return false;
    }

    /**
     * Applies the record and returns when the tables have it.
     *
     * @throws io.holdfast.failover.guard.DependencyUnavailableException when a dependency gives no answer: the record waits, and all
     *     behind it, until it does
     * @throws RuntimeException any other: the record is at fault; it is tried again later, and the ones behind it go on
     */
    void apply(JournalRecord<T> record);
}
