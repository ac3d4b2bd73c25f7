package io.holdfast.journal;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.observation.ObservationRegistry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.retrytopic.RetryTopicConfiguration;
import org.springframework.kafka.retrytopic.RetryTopicSchedulerWrapper;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.journal.append.JournalProducer;
import io.holdfast.journal.apply.AppliersAtStart;
import io.holdfast.journal.apply.ApplySettings;
import io.holdfast.journal.apply.Fetched;
import io.holdfast.journal.apply.JournalApplier;
import io.holdfast.journal.apply.JournalListener;
import io.holdfast.journal.apply.JournalRetries;
import io.holdfast.journal.apply.Pauses;
import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.pause.PauseTail;
import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.topic.JournalTopics;
import io.holdfast.journal.topic.TopicsAtStart;

/** Has the records of the journal applied by the service's appliers (beans of {@link JournalApplier}). */
@AutoConfiguration(after = JournalKafkaAutoConfiguration.class)
@ConditionalOnBean(JournalApplier.class)
@Import(JournalRetries.class)
public class JournalApplyAutoConfiguration {

    /** A consumer that died is missed after this time. */
    private static final int SESSION_MS = 10_000;

    /** Enough that a user has several among them. */
    private static final int RECORDS_AT_A_TIME = 200;

    /** So many slow writes one after the other are done long before; that a consumer died is noticed by its session. */
    private static final int POLL_INTERVAL_MS = 900_000;

    /** Records have their grace anyway; fetched one by one as they come, each would cost its consumer a round trip. */
    private static final int FETCH_BYTES = 64 * 1024;

    private static final int FETCH_WAIT_MS = 250;

    @Bean
    ApplySettings journalApplySettings(JournalProperties journal) {
        return journal.apply();
    }

    @Bean
    Pauses journalPauses(InstantSource clock, PolicyGuards guards, MeterRegistry meters) {
        Pauses pauses = new Pauses(clock, guards::isInDoubt);
        TimeGauge.builder("holdfast.journal.paused", () -> pauses.longest().toMillis(), TimeUnit.MILLISECONDS)
                .register(meters);
        return pauses;
    }

    @Bean
    Fetched journalFetched() {
        return new Fetched();
    }

    @Bean
    JournalListener journalListener(
            List<JournalApplier<?>> appliers,
            JournalTopics topics,
            RecordFormat format,
            HybridClock clock,
            Pauses pauses,
            Fetched fetched,
            ApplySettings settings,
            InstantSource wall,
            MeterRegistry meters) {
        return new JournalListener(appliers, topics, format, clock, pauses, fetched, settings, wall, meters);
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<byte[], byte[]> journalContainers(
            KafkaProperties kafka,
            ApplySettings settings,
            Pauses pauses,
            Fetched fetched,
            ObjectProvider<ObservationRegistry> observations) {
        Map<String, Object> properties = new HashMap<>(kafka.buildConsumerProperties());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_A_TIME);
        properties.putIfAbsent(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, POLL_INTERVAL_MS);
        properties.putIfAbsent(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_BYTES);
        properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        properties.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, List.of(Fetched.Tap.class));
        properties.put(Fetched.PROPERTY, fetched);
        ConcurrentKafkaListenerContainerFactory<byte[], byte[]> containers =
                new ConcurrentKafkaListenerContainerFactory<>();
        containers.setConsumerFactory(new DefaultKafkaConsumerFactory<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        containers.setConcurrency(settings.threads());
        containers.getContainerProperties().setPollTimeout(500);
        containers.getContainerProperties().setConsumerRebalanceListener(pauses);
        containers.getContainerProperties().setObservationEnabled(true);
        containers
                .getContainerProperties()
                .setObservationRegistry(observations.getIfAvailable(() -> ObservationRegistry.NOOP));
        return containers;
    }

    @Bean
    RetryTopicConfiguration journalRetryTopics(
            ApplySettings settings, List<JournalApplier<?>> appliers, JournalProducer producer) {
        List<String> topics = appliers.stream()
                .map(applier -> JournalTopics.main(applier.rows()))
                .toList();
        return JournalRetries.configuration(settings, topics, producer.template());
    }

    /** Wakes the partitions of retry topics when their next record is due. */
    @Bean
    RetryTopicSchedulerWrapper journalRetryScheduler() {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setThreadNamePrefix("journal-retries-");
        scheduler.setDaemon(true);
        return new RetryTopicSchedulerWrapper(scheduler);
    }

    @Bean
    AppliersAtStart journalAppliersAtStart(
            TopicsAtStart topics, PauseTail pauses, KafkaListenerEndpointRegistry containers) {
        return new AppliersAtStart(topics, pauses, containers);
    }
}
