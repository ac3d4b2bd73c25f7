package io.holdfast.journal.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import io.holdfast.failover.leaving.StopOrder;
import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.testing.Instance;
import io.holdfast.journal.topic.JournalTopics;
import io.holdfast.journal.topic.TopicSettings;
import io.holdfast.journal.topic.TopicsAtStart;

class OverlaysTest {

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void readsSeeWhatIsNotAppliedYetUntilTheLastIsAnswered() {
        assertThat(of(List.of()).getPhase()).isEqualTo(StopOrder.AFTER_REQUESTS);
    }

    /** A start waits for Kafka in other places, too, and for all of them together no longer than is set. */
    @Test
    void theTimeToCatchUpCountsFromTheStart() throws InterruptedException {
        Overlays overlays = of(List.of(Instance.newJournal()));
        overlays.start();
        try {
            nanos.set(Duration.ofSeconds(15).toNanos());

            assertThat(overlays.awaitCaughtUp(Duration.ofSeconds(15))).isFalse();
        } finally {
            overlays.stop();
        }
    }

    /** Of journals whose topics are never made. */
    private Overlays of(List<RowType<?>> types) {
        JournalTopics topics = new JournalTopics("notes", types, 1);
        return new Overlays(
                topics,
                new TopicsAtStart(Map.of(), new TopicSettings(1, 1, Duration.ofDays(7)), topics),
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
                new SimpleMeterRegistry(),
                nanos::get);
    }
}
