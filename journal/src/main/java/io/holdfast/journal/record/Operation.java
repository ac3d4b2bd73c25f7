package io.holdfast.journal.record;

/** What a record does to its row. */
public enum Operation {
    /** The row is written, whole. */
    UPSERT,
    /** The row is deleted. It is there whole all the same: an applier needs its keys in every table. */
    DELETE
}
