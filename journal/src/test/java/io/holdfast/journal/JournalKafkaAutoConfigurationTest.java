package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.holdfast.journal.append.Journal;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.testing.Note;

class JournalKafkaAutoConfigurationTest {

    @TempDir
    private Path folder;

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    JournalAutoConfiguration.class,
                    JournalKafkaAutoConfiguration.class,
                    JournalApplyAutoConfiguration.class,
                    JournalReadAutoConfiguration.class,
                    JournalOutboxAutoConfiguration.class,
                    KafkaAutoConfiguration.class))
            .withPropertyValues("holdfast.instance=notes-1", "spring.application.name=notes");

    @Test
    void aServiceThatJournalsNothingHasNoJournal() {
        service.withPropertyValues("holdfast.state-dir=" + folder)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Journal.class));
    }

    @Test
    void aRetentionThatOutlivesDeletionsKeepsTheServiceFromStarting() {
        service.withUserConfiguration(Notes.class)
                .withPropertyValues("holdfast.state-dir=" + folder, "holdfast.journal.retention=9d")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("holdfast.journal.retention")
                        .hasMessageContaining("gc_grace_seconds"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Notes {
        @Bean
        RowType<Note> notes() {
            return RowType.first("notes", "note", Note.class);
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
