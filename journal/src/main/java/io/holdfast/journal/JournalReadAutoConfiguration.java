package io.holdfast.journal;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
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

    @Bean
    DeadLetters journalDeadLetters(KafkaProperties kafka, JournalProducer producer, Guards guards) {
        return new LettersOnKafka(Consumers.alone(kafka), producer.template(), guards);
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
        admin.put("default.api.timeout.ms", Consumers.ANSWER_WITHIN_MS);
        admin.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Consumers.ANSWER_WITHIN_MS);
        return new Overlays(
                topics,
                made,
                format,
                journal.overlay(),
                readers.orderedStream().toList(),
                Consumers.alone(kafka),
                () -> Admin.create(admin),
                clock,
                meters);
    }

    @Bean
    CaughtUpAtStart journalCaughtUpAtStart(Overlays overlays, JournalProperties journal) {
        return new CaughtUpAtStart(overlays, journal.overlay());
    }
}
