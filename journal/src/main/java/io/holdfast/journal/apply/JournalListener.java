package io.holdfast.journal.apply;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final JournalTopics topics;
    private final RecordFormat format;
    private final HybridClock clock;
    private final Pauses pauses;
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
            ApplySettings settings,
            InstantSource wall,
            MeterRegistry meters) {
        this.topics = topics;
        this.format = format;
        this.clock = clock;
        this.pauses = pauses;
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
        TopicPartition partition = new TopicPartition(kept.topic(), kept.partition());
        try {
            JournalApplier<?> applier = applierOf(kept.topic());
            awaitGrace(kept);
            if (!isApplied(kept, applier)) {
                apply(kept, applier);
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

    /** Those behind it are younger still, so nothing is late for it; and the group's offset only lags by the grace. */
    private void awaitGrace(ConsumerRecord<byte[], byte[]> kept) {
        long left = Math.min(grace.toMillis(), kept.timestamp() + grace.toMillis() - wall.millis());
        if (left > 0 && kept.timestamp() >= 0) {
            try {
                Thread.sleep(left);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new DependencyUnavailableException("journal", Reason.FAILED, Duration.ofSeconds(1), stop);
            }
        }
    }

    private static boolean isApplied(ConsumerRecord<byte[], byte[]> kept, JournalApplier<?> applier) {
        Optional<String> id = JournalHeaders.text(kept.headers(), JournalHeaders.ID);
        Optional<String> stamp = JournalHeaders.text(kept.headers(), JournalHeaders.TIMESTAMP);
        return id.isPresent()
                && stamp.filter(NUMBER.asMatchPredicate())
                        .filter(text -> applier.isApplied(id.get(), new Stamp(Long.parseLong(text))))
                        .isPresent();
    }

    private <T> void apply(ConsumerRecord<byte[], byte[]> kept, JournalApplier<T> applier) {
        JournalRecord<T> record = format.read(applier.rows(), kept);
        observe(record);
        applier.apply(record);
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
