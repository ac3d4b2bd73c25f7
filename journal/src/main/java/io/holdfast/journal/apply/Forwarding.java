package io.holdfast.journal.apply;

import java.time.InstantSource;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;

import io.holdfast.journal.record.JournalHeaders;
import io.holdfast.journal.topic.JournalTopics;

/**
 * Sends a record that could not be applied to the next retry topic, or to the dead letters. It keeps its time, so that its retention
 * counts from when it was appended, however often it was moved.
 */
final class Forwarding extends DeadLetterPublishingRecoverer {

    private static final Logger log = LoggerFactory.getLogger(Forwarding.class);

    private final MeterRegistry meters;

    Forwarding(
            Function<ProducerRecord<?, ?>, ? extends KafkaOperations<?, ?>> templates,
            BiFunction<ConsumerRecord<?, ?>, Exception, @Nullable TopicPartition> destinations,
            MeterRegistry meters) {
        super(templates, destinations);
        this.meters = meters;
    }

    /** The headers that say what went wrong. */
    static Headers reasons(ConsumerRecord<?, ?> failed, Exception thrown, InstantSource clock) {
        Headers headers = new RecordHeaders();
        if (failed.headers().lastHeader(JournalHeaders.FAILED_AT) == null) {
            JournalHeaders.put(
                    headers, JournalHeaders.FAILED_AT, clock.instant().toString());
        }
        JournalHeaders.put(headers, JournalHeaders.FAILURE, Failure.of(thrown));
        return headers;
    }

    @Override
    protected ProducerRecord<Object, Object> createProducerRecord(
            ConsumerRecord<?, ?> failed,
            TopicPartition next,
            Headers headers,
            byte @Nullable [] key,
            byte @Nullable [] value) {
        ProducerRecord<Object, Object> made = super.createProducerRecord(failed, next, headers, key, value);
        @Nullable Long time = failed.timestamp() < 0 ? null : Long.valueOf(failed.timestamp());
        return new ProducerRecord<>(made.topic(), made.partition(), time, made.key(), made.value(), made.headers());
    }

    @Override
    protected void publish(
            ProducerRecord<Object, Object> out, KafkaOperations<Object, Object> kafka, ConsumerRecord<?, ?> failed) {
        super.publish(out, kafka, failed);
        if (out.topic().endsWith(JournalTopics.DEAD_LETTER_SUFFIX)) {
            meters.counter("holdfast.journal.given.up", "topic", out.topic()).increment();
            log.error(
                    "journal_dead_letter topic={} from={} id={} reason=\"{}\"",
                    out.topic(),
                    failed.topic() + "-" + failed.partition() + "@" + failed.offset(),
                    JournalHeaders.text(out.headers(), JournalHeaders.ID).orElse("unknown"),
                    JournalHeaders.text(out.headers(), JournalHeaders.FAILURE).orElse("unknown"));
        } else {
            meters.counter("holdfast.journal.retried", "topic", out.topic()).increment();
        }
    }
}
