package io.holdfast.storage.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.outbox.OutboxRelay;
import io.holdfast.journal.record.RowType;

class OutboxAutoConfigurationTest {

    @Test
    void aServiceThatJournalsRowsHasAnOutboxAndARelay(@TempDir Path state) {
        service(state, Journaling.class)
                .run(context ->
                        assertThat(context).hasSingleBean(CassandraOutbox.class).hasSingleBean(OutboxRelay.class));
    }

    @Test
    void aServiceWithoutAJournalHasNeither(@TempDir Path state) {
        service(state, Plain.class)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(CassandraOutbox.class)
                        .doesNotHaveBean(OutboxRelay.class));
    }

    @Test
    void withoutCassandraNothingCanBeKept(@TempDir Path state) {
        service(state, Journaling.class).run(context -> {
            CassandraOutbox outbox = context.getBean(CassandraOutbox.class);

            assertThatThrownBy(() -> outbox.add(Note.saying("lost", "a", 1)))
                    .isInstanceOf(DependencyUnavailableException.class)
                    .hasMessageContaining("cassandra");
        });
    }

    private static ApplicationContextRunner service(Path state, Class<?> configuration) {
        return new ApplicationContextRunner()
                .withUserConfiguration(configuration)
                .withPropertyValues(
                        "spring.application.name=notes",
                        "spring.cloud.config.enabled=false",
                        "spring.cloud.bus.enabled=false",
                        "spring.cassandra.contact-points=127.0.0.1:1",
                        "spring.cassandra.local-datacenter=dc1",
                        "spring.kafka.bootstrap-servers=127.0.0.1:1",
                        "holdfast.instance=notes-1",
                        "holdfast.state-dir=" + state,
                        "logging.level.root=error");
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Plain {}

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Journaling {

        @Bean
        RowType<Note> notes() {
            return Note.ROWS;
        }
    }
}
