package io.holdfast.journal.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.testing.Note;

/** Remembers what it was handed. */
final class Batches implements JournalBatchApplier<Note> {

    final List<List<String>> batches = new ArrayList<>();
    final Map<String, RuntimeException> failures = new HashMap<>();
    final List<String> left = new ArrayList<>();
    final List<String> applied = new ArrayList<>();

    /** How often it is still said to be under way. */
    final Map<String, Integer> underWay = new HashMap<>();

    void fails(String id, RuntimeException failure) {
        failures.put(id, failure);
    }

    void leaves(String id) {
        left.add(id);
    }

    @Override
    public RowType<Note> rows() {
        return JournalListenerTest.NOTES;
    }

    @Override
    public boolean isApplied(String id, Stamp stamp) {
        return applied.contains(id);
    }

    @Override
    public boolean isUnderWay(String id) {
        int times = underWay.getOrDefault(id, 0);
        underWay.computeIfPresent(id, (same, left) -> Math.max(0, left - 1));
        return times > 0;
    }

    @Override
    public void applyAll(List<Applying<Note>> batch) {
        batches.add(batch.stream().map(one -> one.record().id()).toList());
        batch.forEach(one -> {
            RuntimeException failure = failures.get(one.record().id());
            if (failure != null) {
                one.failed(failure);
            } else if (!left.contains(one.record().id())) {
                one.succeeded();
            }
        });
    }

    @Override
    public void apply(JournalRecord<Note> record) {
        throw new IllegalStateException("Handed over alone: " + record.id());
    }
}
