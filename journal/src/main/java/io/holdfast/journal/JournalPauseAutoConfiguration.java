package io.holdfast.journal;

import java.time.InstantSource;
import java.util.List;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;

import io.holdfast.journal.append.Journal;
import io.holdfast.journal.pause.AfterRestore;
import io.holdfast.journal.pause.PauseTail;
import io.holdfast.journal.pause.ReplacedTables;
import io.holdfast.journal.pause.RestoreFollower;
import io.holdfast.journal.pause.WritePauses;
import io.holdfast.journal.topic.TopicsAtStart;

/** Has a service with a journal stand still while a restore replaces its tables. */
@AutoConfiguration(after = JournalKafkaAutoConfiguration.class)
@ConditionalOnBean(Journal.class)
public class JournalPauseAutoConfiguration {

    /** News come at once all the same. */
    private static final int FETCH_WAIT_MS = 500;

    @Bean
    WritePauses writePauses(
            ObjectProvider<ReplacedTables> rememberers,
            InstantSource clock,
            MeterRegistry meters,
            @Value("${holdfast.storage.keyspace:}") String keyspace) {
        // Asked for when they are needed: they write, too, and so need what is made here.
        WritePauses pauses = new WritePauses(() -> rememberers.orderedStream().toList(), clock);
        Gauge.builder("holdfast.writes.paused", pauses, one -> one.isPaused(keyspace) ? 1 : 0)
                .description("1 while a restore replaces tables of this service and it must not write into them")
                .register(meters);
        return pauses;
    }

    @Bean
    PauseTail pauseTail(TopicsAtStart made, KafkaProperties kafka, WritePauses pauses, InstantSource clock) {
        return new PauseTail(made, Consumers.alone(kafka, FETCH_WAIT_MS), pauses, clock);
    }

    /** A service that starts in the middle of a restore is not ready before it knows. It does not wait for a Kafka that is away. */
    @Bean
    ApplicationRunner pausesAskedForAtStart(PauseTail tail, JournalProperties journal) {
        return none -> tail.awaitAsked(journal.overlay().readyWithin());
    }

    @Bean
    @ConditionalOnBean(AfterRestore.class)
    RestoreFollower restoreFollower(
            TopicsAtStart made,
            KafkaProperties kafka,
            @Value("${spring.application.name}") String service,
            List<AfterRestore> afterwards,
            ObjectProvider<ObservationRegistry> observations) {
        return new RestoreFollower(
                made,
                kafka.buildConsumerProperties(),
                service,
                afterwards,
                observations.getIfAvailable(() -> ObservationRegistry.NOOP));
    }
}
