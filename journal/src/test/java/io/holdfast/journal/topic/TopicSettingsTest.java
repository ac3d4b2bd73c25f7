package io.holdfast.journal.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

import io.holdfast.journal.record.RowType;
import io.holdfast.journal.testing.Note;

class TopicSettingsTest {

    private static final RowType<Note> NOTES = RowType.first("notes", "note", Note.class);

    @Test
    void aRecordIsGoneBeforeCassandraForgetsADeletion() {
        List<NewTopic> topics =
                new TopicSettings(6, 3, Duration.ofDays(7)).of(new JournalTopics("notes-service", List.of(NOTES), 2));

        assertThat(topics)
                .extracting(NewTopic::name)
                .containsExactly(
                        "journal.notes", "journal.notes-retry-0", "journal.notes-retry-1", "journal.notes-dlt");
        assertThat(topics).extracting(NewTopic::numPartitions).containsExactly(6, 1, 1, 1);
        assertThat(topics).allSatisfy(topic -> {
            assertThat(topic.configs())
                    .containsEntry("cleanup.policy", "delete")
                    .containsEntry("min.insync.replicas", "2");
            assertThat(milliseconds(topic, "retention.ms") + milliseconds(topic, "segment.ms"))
                    .isLessThan(Duration.ofDays(10).toMillis());
        });
    }

    @Test
    void refusesARetentionThatOutlivesDeletions() {
        assertThatThrownBy(() -> new TopicSettings(6, 1, Duration.ofDays(9)))
                .hasMessageContaining("holdfast.journal.retention")
                .hasMessageContaining("gc_grace_seconds");
        assertThatThrownBy(() -> new TopicSettings(6, 1, Duration.ofMinutes(5)))
                .hasMessageContaining("holdfast.journal.retention");
    }

    @Test
    void aJournalHasOneKindOfRow() {
        RowType<Note> others = RowType.first("notes", "other", Note.class);

        assertThatThrownBy(() -> new JournalTopics("notes-service", List.of(NOTES, others), 2))
                .hasMessageContaining("notes");
    }

    private static long milliseconds(NewTopic topic, String setting) {
        return Long.parseLong(Objects.requireNonNull(topic.configs().get(setting)));
    }
}
