package io.holdfast.journal.overlay;

import java.util.List;

import io.holdfast.journal.record.JournalRecord;

/**
 * The writes under one key that are not applied yet, of each row the latest one.
 *
 * @param complete whether it was proven that there are no others
 */
public record Unapplied<T>(List<JournalRecord<T>> records, boolean complete) {

    public Unapplied {
        records = List.copyOf(records);
    }
}
