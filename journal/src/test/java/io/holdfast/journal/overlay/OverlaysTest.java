package io.holdfast.journal.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import io.holdfast.failover.leaving.StopOrder;
import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.topic.JournalTopics;
import io.holdfast.journal.topic.TopicSettings;
import io.holdfast.journal.topic.TopicsAtStart;

class OverlaysTest {

    @Test
    void readsSeeWhatIsNotAppliedYetUntilTheLastIsAnswered() {
        JournalTopics none = new JournalTopics("notes", List.of(), 1);
        Overlays overlays = new Overlays(
                none,
                new TopicsAtStart(Map.of(), new TopicSettings(1, 1, Duration.ofDays(7)), none),
                new RecordFormat("notes-1"),
                new OverlaySettings(
                        1, DataSize.ofMegabytes(1), Duration.ofSeconds(1), 0, Duration.ZERO, Duration.ofSeconds(1)),
                List.of(),
                () -> {
                    throw new IllegalStateException("not started");
                },
                () -> {
                    throw new IllegalStateException("not started");
                },
                InstantSource.system(),
                new SimpleMeterRegistry());

        assertThat(overlays.getPhase()).isEqualTo(StopOrder.AFTER_REQUESTS);
    }
}
