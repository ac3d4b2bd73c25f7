package io.holdfast.journal;

import java.time.InstantSource;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

import io.holdfast.journal.append.Journal;
import io.holdfast.journal.outbox.OutboxRelay;
import io.holdfast.journal.outbox.OutboxStore;

/** Has the outbox of a service that keeps one (a bean of {@link OutboxStore}) journaled. */
@AutoConfiguration(after = JournalKafkaAutoConfiguration.class)
@ConditionalOnBean({Journal.class, OutboxStore.class})
public class JournalOutboxAutoConfiguration {

    @Bean
    OutboxRelay journalOutboxRelay(
            @Value("${holdfast.instance}") String instance,
            OutboxStore store,
            Journal journal,
            JournalProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        return new OutboxRelay(instance, store, journal, properties.outbox(), clock, meters);
    }
}
