package io.holdfast.journal.overlay;

import io.holdfast.journal.record.JournalRecord;

/** What the journal knows of a row beyond the tables. */
public sealed interface Finding<T> {

    /** It holds a write that is not applied yet, the latest one. The tables may hold a later one: compare the stamps. */
    record Present<T>(JournalRecord<T> record) implements Finding<T> {}

    /** It was proven that every write acknowledged before the question is in the tables: whoever reads them from now on finds it. */
    record Absent<T>() implements Finding<T> {}

    /** It could not be learnt: Kafka gives no answer, or more waits than is held, or what waits cannot be read. */
    record Unknown<T>() implements Finding<T> {}
}
