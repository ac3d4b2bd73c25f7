package io.holdfast.storage;

import java.time.InstantSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

import io.holdfast.journal.JournalKafkaAutoConfiguration;
import io.holdfast.journal.JournalOutboxAutoConfiguration;
import io.holdfast.journal.JournalProperties;
import io.holdfast.journal.append.Journal;
import io.holdfast.storage.outbox.CassandraOutbox;
import io.holdfast.storage.session.GuardedCql;

/** Gives a service that journals rows its outbox, for when Kafka is away. */
@AutoConfiguration(
        after = {StorageAutoConfiguration.class, JournalKafkaAutoConfiguration.class},
        before = JournalOutboxAutoConfiguration.class)
@ConditionalOnBean({Journal.class, GuardedCql.class})
public class OutboxAutoConfiguration {

    @Bean
    CassandraOutbox cassandraOutbox(
            @Value("${holdfast.instance}") String instance,
            GuardedCql cassandra,
            Journal journal,
            JournalProperties properties,
            InstantSource clock) {
        return new CassandraOutbox(instance, cassandra, journal, properties.outbox(), clock);
    }
}
