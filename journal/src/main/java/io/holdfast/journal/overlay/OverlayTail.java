package io.holdfast.journal.overlay;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import io.holdfast.journal.record.JournalHeaders;

/**
 * Reads a journal round by round, its retry topics and dead letters too. A round learns what is applied, then where the topics end, reads
 * up to there, and only then drops what was applied. So a record that moves on to a retry topic or back into the journal is held in its
 * new place before it is dropped in the old one; and a round that began after a question and came to its end is the proof that nothing is
 * missing: every write acknowledged before the question is held or applied.
 *
 * <p>When it holds as much as it may, it reads no further; except for the marks that settle dead letters, which stand behind them. Letters
 * that it passes over for that are read again when there is room.
 */
final class OverlayTail {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(5);

    private final TopicPartition deadLetters;
    private final HeldRecords held;
    private final int readBack;
    private final Reading reading;
    private final BlockingQueue<CompletableFuture<Boolean>> questions = new LinkedBlockingQueue<>();
    private final Set<Long> settled = new TreeSet<>();
    private @Nullable AppliedOffsets applied;
    private Set<TopicPartition> partitions = Set.of();
    private @Nullable Long firstPassedOver;
    private volatile boolean caughtUp;
    private volatile long waiting;

    /**
     * The end of a journal.
     *
     * @param readBack so many records before the first that is not applied are read too, but not held
     * @param reading is shown each record of the journal
     */
    OverlayTail(String deadLetterTopic, HeldRecords held, int readBack, Reading reading) {
        this.deadLetters = new TopicPartition(deadLetterTopic, 0);
        this.held = held;
        this.readBack = readBack;
        this.reading = reading;
    }

    /** Becomes true when a round that begins from now on has come to its end, false when it could not. */
    CompletableFuture<Boolean> prove() {
        CompletableFuture<Boolean> proof = new CompletableFuture<>();
        questions.add(proof);
        return proof;
    }

    /** Whether the last round came to its end. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    /** How many records of the journal and its retry topics are not applied, as of the last round. */
    long waiting() {
        return waiting;
    }

    /** Goes a little before the first record that is not applied, of each of the partitions that the appliers' offsets are about. */
    void begin(Consumer<byte[], byte[]> consumer, AppliedOffsets offsets) {
        applied = offsets;
        firstPassedOver = null;
        partitions = new HashSet<>(offsets.partitions());
        partitions.add(deadLetters);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        skipApplied(consumer, offsets.now());
    }

    /** Waits for a question, or until it is time to look for news, and does a round. */
    void round(Consumer<byte[], byte[]> consumer, Duration every) throws InterruptedException {
        List<CompletableFuture<Boolean>> asked = new ArrayList<>();
        CompletableFuture<Boolean> first = questions.poll(every.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            asked.add(first);
            questions.drainTo(asked);
        }
        boolean complete = false;
        try {
            complete = round(consumer);
        } finally {
            caughtUp = complete;
            boolean proven = complete;
            asked.forEach(proof -> proof.complete(proven));
        }
    }

    /** Nothing is known until the next round. */
    void lost() {
        caughtUp = false;
        List<CompletableFuture<Boolean>> asked = new ArrayList<>();
        questions.drainTo(asked);
        asked.forEach(proof -> proof.complete(false));
    }

    private boolean round(Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> done = requireNonNull(applied).now();
        List<Long> settledBefore = List.copyOf(settled);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        skipApplied(consumer, done);
        boolean complete = readUpTo(consumer, ends, done);
        done.forEach(held::dropBefore);
        settledBefore.forEach(letter -> held.drop(deadLetters, letter));
        settledBefore.forEach(settled::remove);
        goBackToPassedOver(consumer);
        waiting = notDone(consumer, done, ends);
        return complete;
    }

    private boolean readUpTo(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> done) {
        Instant giveUp = Instant.now().plus(LONGEST_ROUND);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (Instant.now().isAfter(giveUp)) {
                return false;
            }
            if (held.isFull()) {
                lookForMarks(consumer, requireNonNull(ends.get(deadLetters)), giveUp);
                return false;
            }
            consumer.poll(POLL).forEach(record -> take(record, done));
        }
        return firstPassedOver == null;
    }

    private void lookForMarks(Consumer<byte[], byte[]> consumer, long end, Instant giveUp) {
        Set<TopicPartition> others = new HashSet<>(partitions);
        others.remove(deadLetters);
        consumer.pause(others);
        try {
            while (consumer.position(deadLetters) < end && Instant.now().isBefore(giveUp)) {
                consumer.poll(POLL).forEach(record -> {
                    if (!isMark(record) && firstPassedOver == null) {
                        firstPassedOver = record.offset();
                    }
                });
            }
        } finally {
            consumer.resume(others);
        }
    }

    private void goBackToPassedOver(Consumer<byte[], byte[]> consumer) {
        if (firstPassedOver != null && !held.isFull()) {
            consumer.seek(deadLetters, firstPassedOver);
            firstPassedOver = null;
        }
    }

    /** Notes which letter it settles, if it is the mark of one. */
    private boolean isMark(ConsumerRecord<byte[], byte[]> record) {
        Optional<Long> letter =
                record.topic().equals(deadLetters.topic()) ? JournalHeaders.settledBy(record) : Optional.empty();
        letter.ifPresent(settled::add);
        return letter.isPresent();
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Map<TopicPartition, Long> done) {
        if (isMark(record)) {
            return;
        }
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() >= done.getOrDefault(partition, 0L)) {
            held.hold(record);
        }
        reading.read(record);
    }

    /** When more waits than can be held, the appliers may be further on than the tail. */
    private void skipApplied(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> done) {
        done.forEach((partition, offset) -> {
            if (consumer.position(partition) < offset - readBack) {
                consumer.seek(partition, offset - readBack);
            }
        });
    }

    private long notDone(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> done, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> open = new HashMap<>(ends);
        open.remove(deadLetters);
        Map<TopicPartition, Long> firsts =
                open.keySet().equals(done.keySet()) ? Map.of() : consumer.beginningOffsets(open.keySet());
        return open.entrySet().stream()
                .mapToLong(end -> {
                    Long from = done.get(end.getKey());
                    return end.getValue() - (from == null ? firsts.getOrDefault(end.getKey(), 0L) : from);
                })
                .map(left -> Math.max(0, left))
                .sum();
    }

    /** Whoever wants to know what is written, without the dead letters. */
    interface Reading {
        void read(ConsumerRecord<byte[], byte[]> record);
    }
}
