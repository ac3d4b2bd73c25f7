package io.holdfast.journal.append;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.failover.guard.Guards;
import io.holdfast.journal.record.JournalHeaders;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.record.StoredRecord;
import io.holdfast.journal.topic.JournalTopics;
import io.holdfast.journal.topic.TopicsAtStart;

/** Makes a write durable. What it acknowledges is on every replica in sync, and is applied sooner or later. */
public final class Journal {

    private static final String KAFKA = "kafka";

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final Guards guards;
    private final RecordFormat format;
    private final TopicsAtStart topics;
    private final MeterRegistry meters;
    private final KeptTraces traces;

    public Journal(
            KafkaTemplate<byte[], byte[]> kafka,
            Guards guards,
            RecordFormat format,
            TopicsAtStart topics,
            MeterRegistry meters,
            ObservationRegistry observations) {
        this.kafka = kafka;
        this.guards = guards;
        this.format = format;
        this.topics = topics;
        this.meters = meters;
        this.traces = new KeptTraces(observations);
    }

    /**
     * Appends a record and returns when it is acknowledged.
     *
     * @throws DependencyUnavailableException when it was not; unless Kafka was not asked ({@code OPEN}, {@code FULL}) the record may be
     *     in the journal all the same, now or a moment later
     */
    public Position append(JournalRecord<?> record) {
        return appendAll(List.of(stored(record))).getFirst();
    }

    /** The record as it would be appended. */
    public StoredRecord stored(JournalRecord<?> record) {
        return format.write(record, JournalTopics.main(record.type()));
    }

    /** The record as it is appended later, from an outbox: with the trace it is written in. */
    public StoredRecord kept(JournalRecord<?> record) {
        return traces.keep(stored(record));
    }

    /**
     * Appends several records side by side and returns when all are acknowledged.
     *
     * @return where they stand, in their order
     * @throws DependencyUnavailableException when one was not; any of them may be in the journal
     */
    public List<Position> appendAll(List<StoredRecord> records) {
        if (!topics.areMade()) {
            throw new DependencyUnavailableException(
                    KAFKA,
                    Reason.FAILED,
                    Duration.ofSeconds(1),
                    new IllegalStateException("the topics of the journal are not made yet"));
        }
        List<Position> positions = guards.of(KAFKA).once(() -> acknowledged(records));
        positions.forEach(at ->
                meters.counter("holdfast.journal.appended", "topic", at.topic()).increment());
        return positions;
    }

    private List<Position> acknowledged(List<StoredRecord> records) throws InterruptedException, ExecutionException {
        List<CompletableFuture<SendResult<byte[], byte[]>>> sent = new ArrayList<>();
        for (StoredRecord record : records) {
            sent.add(traces.sending(record).observe(() -> kafka.send(onKafka(record))));
        }
        List<Position> positions = new ArrayList<>();
        for (CompletableFuture<SendResult<byte[], byte[]>> result : sent) {
            RecordMetadata at = result.get().getRecordMetadata();
            positions.add(new Position(at.topic(), at.partition(), at.offset()));
        }
        return positions;
    }

    private static ProducerRecord<byte[], byte[]> onKafka(StoredRecord record) {
        ProducerRecord<byte[], byte[]> onKafka = new ProducerRecord<>(
                record.topic(), record.key().getBytes(UTF_8), record.value().getBytes(UTF_8));
        record.headers().forEach((name, text) -> JournalHeaders.put(onKafka.headers(), name, text));
        return onKafka;
    }
}
