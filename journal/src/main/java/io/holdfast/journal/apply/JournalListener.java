package io.holdfast.journal.apply;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.annotation.KafkaListener;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.topic.JournalTopics;

/** Takes records from the journal and its retry topics, and has each applied before its offset is committed. */
public final class JournalListener {

    /** The ids of its containers begin with it. */
    static final String ID = "journal";

    private final JournalTopics topics;
    private final RecordFormat format;
    private final HybridClock clock;
    private final Pauses pauses;
    private final MeterRegistry meters;
    private final Map<String, JournalApplier<?>> appliers = new HashMap<>();

    public JournalListener(
            List<JournalApplier<?>> appliers,
            JournalTopics topics,
            RecordFormat format,
            HybridClock clock,
            Pauses pauses,
            MeterRegistry meters) {
        this.topics = topics;
        this.format = format;
        this.clock = clock;
        this.pauses = pauses;
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
            apply(kept, applierOf(kept.topic()));
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
