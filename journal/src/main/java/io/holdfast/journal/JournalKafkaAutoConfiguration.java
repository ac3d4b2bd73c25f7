package io.holdfast.journal;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;

import io.holdfast.failover.guard.Guards;
import io.holdfast.journal.append.Journal;
import io.holdfast.journal.append.JournalProducer;
import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.topic.JournalTopics;
import io.holdfast.journal.topic.TopicSettings;
import io.holdfast.journal.topic.TopicsAtStart;

/** Gives a service that says which rows it journals (beans of {@link RowType}) its {@link Journal}. */
@AutoConfiguration(after = {KafkaAutoConfiguration.class, JournalAutoConfiguration.class})
@ConditionalOnBean(RowType.class)
@EnableConfigurationProperties(JournalProperties.class)
public class JournalKafkaAutoConfiguration {

    @Bean
    RecordFormat journalFormat(@Value("${holdfast.instance}") String instance) {
        return new RecordFormat(instance);
    }

    @Bean
    JournalTopics journalTopics(
            @Value("${spring.application.name}") String service, List<RowType<?>> rows, JournalProperties journal) {
        return new JournalTopics(service, rows, journal.apply().retryDelays().size());
    }

    @Bean
    TopicsAtStart journalTopicsAtStart(
            KafkaProperties kafka,
            JournalProperties journal,
            JournalTopics topics,
            @Value("${HOLDFAST_KAFKA_RF:1}") int replicas) {
        return new TopicsAtStart(
                kafka.buildAdminProperties(),
                new TopicSettings(journal.partitions(), replicas, journal.retention()),
                topics);
    }

    @Bean
    JournalProducer journalProducer(
            KafkaProperties kafka, JournalProperties journal, ObjectProvider<ObservationRegistry> observations) {
        return new JournalProducer(
                kafka.buildProducerProperties(),
                journal.giveUpAfter(),
                observations.getIfAvailable(() -> ObservationRegistry.NOOP));
    }

    @Bean
    Journal journal(
            JournalProducer producer,
            Guards guards,
            RecordFormat format,
            TopicsAtStart topics,
            MeterRegistry meters,
            ObjectProvider<ObservationRegistry> observations) {
        return new Journal(
                producer.template(),
                guards,
                format,
                topics,
                meters,
                observations.getIfAvailable(() -> ObservationRegistry.NOOP));
    }
}
