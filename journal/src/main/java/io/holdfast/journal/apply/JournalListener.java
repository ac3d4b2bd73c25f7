package io.holdfast.journal.apply;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.annotation.KafkaListener;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalHeaders;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.topic.JournalTopics;

/** Takes records from the journal and its retry topics, and has each applied before its offset is committed. */
public final class JournalListener {

    /** The ids of its containers begin with it. */
    static final String ID = "journal";

    private static final int GRACES_UNDER_WAY = 10;
    private static final long LOOK_AGAIN_MS = 20;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final JournalTopics topics;
    private final RecordFormat format;
    private final HybridClock clock;
    private final Pauses pauses;
    private final Fetched fetched;
    private final Duration grace;
    private final InstantSource wall;
    private final MeterRegistry meters;
    private final Map<String, JournalApplier<?>> appliers = new HashMap<>();

    public JournalListener(
            List<JournalApplier<?>> appliers,
            JournalTopics topics,
            RecordFormat format,
            HybridClock clock,
            Pauses pauses,
            Fetched fetched,
            ApplySettings settings,
            InstantSource wall,
            MeterRegistry meters) {
        this.topics = topics;
        this.format = format;
        this.clock = clock;
        this.pauses = pauses;
        this.fetched = fetched;
        this.grace = settings.grace();
        this.wall = wall;
        this.meters = meters;
        appliers.forEach(applier -> this.appliers.put(JournalTopics.main(applier.rows()), applier));
    }

    public String group() {
        return topics.group();
    }

    public String[] topics() {
        return appliers.keySet().stream().sorted().toArray(String[]::new);
    }

    @KafkaListener(
            id = ID,
            idIsGroup = false,
            groupId = "#{__listener.group()}",
            topics = "#{__listener.topics()}",
            containerFactory = "journalContainers",
            autoStartup = "false")
    public void on(ConsumerRecord<byte[], byte[]> kept) {
        TopicPartition partition = partition(kept);
        try {
            Optional<Applying<?>> before = fetched.applied(kept);
            if (before.isPresent()) {
                end(before.get());
            } else {
                JournalApplier<?> applier = applierOf(kept.topic());
                awaitGrace(kept, applier);
                applyUnlessApplied(kept, applier);
            }
        } catch (DependencyUnavailableException away) {
            pauses.waitsFor(partition, away);
            throw away;
        } catch (RuntimeException faulty) {
            pauses.goesOn(partition);
            throw faulty;
        }
        pauses.goesOn(partition);
        meters.counter("holdfast.journal.applied", "topic", kept.topic()).increment();
    }

    private <T> void applyUnlessApplied(ConsumerRecord<byte[], byte[]> kept, JournalApplier<T> applier) {
        if (isApplied(kept, applier)) {
            return;
        }
        JournalRecord<T> record = read(kept, applier);
        if (applier instanceof JournalBatchApplier<T> batches) {
            end(applyWithThoseBehind(kept, record, batches));
        } else {
            applier.apply(record);
        }
    }

    /** What came of the record; of the others it is noted until their turn. */
    private <T> Applying<T> applyWithThoseBehind(
            ConsumerRecord<byte[], byte[]> kept, JournalRecord<T> record, JournalBatchApplier<T> applier) {
        Applying<T> first = new Applying<>(record);
        Map<ConsumerRecord<byte[], byte[]>, Applying<T>> behind = behind(kept, applier);
        List<Applying<T>> batch = new ArrayList<>(behind.size() + 1);
        batch.add(first);
        batch.addAll(behind.values());
        try {
            applier.applyAll(batch);
        } finally {
            behind.forEach((later, applied) -> {
                if (applied.hasEnded()) {
                    fetched.note(later, applied);
                }
            });
        }
        return first;
    }

    /**
     * Those of the same fetch that are old enough and not applied. None while a dependency is away or in doubt, for one tells whether it is
     * back, and a breaker that tries lets few calls through; and none of a topic of retries, where each has a time of its own.
     */
    private <T> Map<ConsumerRecord<byte[], byte[]>, Applying<T>> behind(
            ConsumerRecord<byte[], byte[]> kept, JournalApplier<T> applier) {
        Map<ConsumerRecord<byte[], byte[]>, Applying<T>> behind = new LinkedHashMap<>();
        if (!appliers.containsKey(kept.topic()) || pauses.isTrying(partition(kept))) {
            return behind;
        }
        Set<String> leftOut = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> later : fetched.behind(kept)) {
            if (left(later, grace) > 0) {
                break;
            }
            if (isApplied(later, applier)) {
                continue;
            }
            // Once one of a row is left out, so are its successors: they come after it in their turn.
            String id = id(later).orElse("");
            if (leftOut.contains(id) || waitsForItsWriter(later, applier)) {
                leftOut.add(id);
                continue;
            }
            try {
                behind.put(later, new Applying<>(read(later, applier)));
            } catch (DependencyUnavailableException away) {
                break;
            } catch (RuntimeException itsOwnTurnTells) {
                leftOut.add(id);
            }
        }
        return behind;
    }

    private static void end(Applying<?> applied) {
        RuntimeException failure = applied.failure();
        if (failure != null) {
            throw failure;
        }
        if (!applied.hasEnded()) {
            // Its applier was interrupted, which is no fault of the record.
            throw new DependencyUnavailableException("journal", Reason.FAILED, Duration.ofSeconds(1), null);
        }
    }

    /**
     * Those behind it are younger still, so nothing is late for it; and the group's offset only lags by the grace. A clock that is wrong
     * makes nobody wait longer.
     */
    private void awaitGrace(ConsumerRecord<byte[], byte[]> kept, JournalApplier<?> applier) {
        try {
            Thread.sleep(Math.max(0, left(kept, grace)));
            long began = System.nanoTime();
            while (waitsForItsWriter(kept, applier)
                    && System.nanoTime() - began < underWayAtMost().toNanos()) {
                Thread.sleep(LOOK_AGAIN_MS);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new DependencyUnavailableException("journal", Reason.FAILED, Duration.ofSeconds(1), stop);
        }
    }

    private boolean waitsForItsWriter(ConsumerRecord<byte[], byte[]> kept, JournalApplier<?> applier) {
        return left(kept, underWayAtMost()) > 0
                && id(kept).filter(applier::isUnderWay).isPresent();
    }

    private Duration underWayAtMost() {
        return grace.multipliedBy(GRACES_UNDER_WAY);
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> kept) {
        return new TopicPartition(kept.topic(), kept.partition());
    }

    private static Optional<String> id(ConsumerRecord<byte[], byte[]> kept) {
        return JournalHeaders.text(kept.headers(), JournalHeaders.ID);
    }

    /** What is left of a time that began when the record was appended, in milliseconds; zero or less when it is over. */
    private long left(ConsumerRecord<byte[], byte[]> kept, Duration time) {
        return kept.timestamp() < 0 ? 0 : Math.min(time.toMillis(), kept.timestamp() + time.toMillis() - wall.millis());
    }

    private static boolean isApplied(ConsumerRecord<byte[], byte[]> kept, JournalApplier<?> applier) {
        Optional<String> id = id(kept);
        Optional<String> stamp = JournalHeaders.text(kept.headers(), JournalHeaders.TIMESTAMP);
        return id.isPresent()
                && stamp.filter(NUMBER.asMatchPredicate())
                        .filter(text -> applier.isApplied(id.get(), new Stamp(Long.parseLong(text))))
                        .isPresent();
    }

    private <T> JournalRecord<T> read(ConsumerRecord<byte[], byte[]> kept, JournalApplier<T> applier) {
        JournalRecord<T> record = format.read(applier.rows(), kept);
        observe(record);
        return record;
    }

    /** A disk that is full is no fault of the record. */
    private void observe(JournalRecord<?> record) {
        try {
            clock.observe(record.stamp());
        } catch (UncheckedIOException disk) {
            throw new DependencyUnavailableException("clock", Reason.FAILED, Duration.ofSeconds(1), disk);
        }
    }

    private JournalApplier<?> applierOf(String topic) {
        JournalApplier<?> applier =
                topics.typeOf(topic).map(JournalTopics::main).map(appliers::get).orElse(null);
        if (applier == null) {
            throw new IllegalStateException("Nobody here applies what stands in " + topic);
        }
        return applier;
    }
}
