package io.holdfast.journal;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;

import io.holdfast.failover.guard.Guards;
import io.holdfast.journal.append.Journal;
import io.holdfast.journal.append.JournalProducer;
import io.holdfast.journal.deadletter.DeadLetterCount;
import io.holdfast.journal.deadletter.DeadLetters;
import io.holdfast.journal.deadletter.LettersOnKafka;
import io.holdfast.journal.overlay.CaughtUpAtStart;
import io.holdfast.journal.overlay.JournalReader;
import io.holdfast.journal.overlay.Overlays;
import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.topic.JournalTopics;
import io.holdfast.journal.topic.TopicsAtStart;

/** What a service with a journal can learn from it: what is not applied yet, and what could not be. */
@AutoConfiguration(after = JournalKafkaAutoConfiguration.class)
@ConditionalOnBean(Journal.class)
public class JournalReadAutoConfiguration {

    /** Less than a guard waits: a reader is told that Kafka is away, and not left to guess. */
    private static final int ANSWER_WITHIN_MS = 2_000;

    @Bean
    DeadLetters journalDeadLetters(KafkaProperties kafka, JournalProducer producer, Guards guards) {
        return new LettersOnKafka(consumers(kafka), producer.template(), guards);
    }

    @Bean
    DeadLetterCount journalDeadLetterCount(
            DeadLetters letters, JournalTopics topics, TopicsAtStart made, MeterRegistry meters) {
        List<String> journals = topics.types().stream().map(RowType::journal).toList();
        return new DeadLetterCount(letters, journals, made, meters);
    }

    @Bean
    Overlays journalOverlays(
            JournalTopics topics,
            TopicsAtStart made,
            RecordFormat format,
            JournalProperties journal,
            KafkaProperties kafka,
            ObjectProvider<JournalReader<?>> readers,
            InstantSource clock,
            MeterRegistry meters) {
        Map<String, Object> admin = new HashMap<>(kafka.buildAdminProperties());
        admin.put("default.api.timeout.ms", ANSWER_WITHIN_MS);
        admin.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        return new Overlays(
                topics,
                made,
                format,
                journal.overlay(),
                readers.orderedStream().toList(),
                consumers(kafka),
                () -> Admin.create(admin),
                clock,
                meters);
    }

    @Bean
    CaughtUpAtStart journalCaughtUpAtStart(Overlays overlays, JournalProperties journal) {
        return new CaughtUpAtStart(overlays, journal.overlay());
    }

    /** Each reads what it is told to, in no group, and commits nothing. */
    private static Supplier<Consumer<byte[], byte[]>> consumers(KafkaProperties kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.buildConsumerProperties());
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        properties.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 10_000);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return () -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
