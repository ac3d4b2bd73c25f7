package io.holdfast.journal.overlay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import io.holdfast.failover.deadline.Deadline;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.record.UnreadableRecordException;

/**
 * The writes of one kind of row that were acknowledged and are not in the tables yet.
 *
 * <p>A reader who finds a row in the tables asks {@link #latest} whether there is a later write. A reader who does not find it asks {@link
 * #find}: when that says {@link Finding.Absent} he reads the tables once more, and only if they still have nothing there is no such row. The
 * order matters: a record that was applied between a first read and the question is in neither.
 */
public final class Overlay<T> {

    private final RowType<T> type;
    private final RecordFormat format;
    private final HeldRecords held;
    private final OverlayTail tail;
    private final Duration proofWithin;

    Overlay(RowType<T> type, RecordFormat format, HeldRecords held, OverlayTail tail, Duration proofWithin) {
        this.type = type;
        this.format = format;
        this.held = held;
        this.tail = tail;
        this.proofWithin = proofWithin;
    }

    /** What the journal holds of the row. Asks Kafka when nothing is held, for {@code holdfast.journal.overlay.proof-within} at most. */
    public Finding<T> find(String id) {
        List<ConsumerRecord<byte[], byte[]>> known = held.ofId(id);
        if (known.isEmpty()) {
            if (!isProven()) {
                return new Finding.Unknown<>();
            }
            known = held.ofId(id);
        }
        if (known.isEmpty()) {
            return new Finding.Absent<>();
        }
        try {
            return new Finding.Present<>(latestOf(known));
        } catch (UnreadableRecordException unreadable) {
            return new Finding.Unknown<>();
        }
    }

    /** The latest write of the row this instance knows of that is not applied yet. Asks nobody. */
    public Optional<JournalRecord<T>> latest(String id) {
        try {
            List<ConsumerRecord<byte[], byte[]>> known = held.ofId(id);
            return known.isEmpty() ? Optional.empty() : Optional.of(latestOf(known));
        } catch (UnreadableRecordException unreadable) {
            return Optional.empty();
        }
    }

    /** The writes under a key that are not applied yet, for lists. Asks Kafka, for {@code proof-within} at most. */
    public Unapplied<T> ofKey(String key) {
        boolean complete = isProven();
        Map<String, JournalRecord<T>> latest = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> kept : held.ofKey(key)) {
            try {
                JournalRecord<T> record = format.read(type, kept);
                latest.merge(record.id(), record, this::later);
            } catch (UnreadableRecordException unreadable) {
                complete = false;
            }
        }
        return new Unapplied<>(new ArrayList<>(latest.values()), complete);
    }

    private JournalRecord<T> latestOf(List<ConsumerRecord<byte[], byte[]>> known) {
        return known.stream()
                .map(kept -> format.read(type, kept))
                .reduce(this::later)
                .orElseThrow();
    }

    private JournalRecord<T> later(JournalRecord<T> one, JournalRecord<T> other) {
        return type.succession().compare(one, other) >= 0 ? one : other;
    }

    /** When the oldest of the writes was appended that are not applied yet and have such a stamp. Asks nobody. */
    public Optional<Instant> oldest(Predicate<Stamp> which) {
        return held.oldest(which);
    }

    /**
     * Returns when this instance holds all that is acknowledged and not applied by now.
     *
     * @return false when that cannot be learnt, or more waits than can be held
     */
    public boolean awaitHeld() {
        return isProven();
    }

    /**
     * Whether this instance held all that was not applied when it last looked: false while Kafka is away, more waits than can be held, or it
     * has not read the journal to its end since its start. Asks nobody.
     */
    public boolean isCaughtUp() {
        return tail.isCaughtUp();
    }

    private boolean isProven() {
        // While Kafka is away or too much waits, nobody should have to wait to learn that.
        if (!tail.isCaughtUp()) {
            return false;
        }
        Duration wait =
                Deadline.left().filter(left -> left.compareTo(proofWithin) < 0).orElse(proofWithin);
        try {
            return tail.prove().get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unproven) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
