package io.holdfast.journal.append;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.record.JournalHeaders;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.record.StoredRecord;
import io.holdfast.journal.testing.Instance;
import io.holdfast.journal.testing.KafkaTopic;
import io.holdfast.journal.testing.Note;
import io.holdfast.journal.topic.JournalTopics;
import io.holdfast.local.fixture.KafkaServer;
import io.holdfast.local.fixture.LocalServers;

@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class JournalIT {

    /** The guard's timeout and room for a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(6);

    /** With a tracer, whose spans go nowhere. */
    private static final String TRACED = "HOLDFAST_TRACES_URL=http://127.0.0.1:1/api/v2/spans";

    private final KafkaServer kafka = LocalServers.shared().kafka();
    private final RowType<Note> rows = Instance.newJournal();
    private final String topic = JournalTopics.main(rows);

    @TempDir
    private Path state;

    @AfterEach
    void kafkaRuns() {
        kafka.start();
    }

    @Test
    void whatIsAcknowledgedIsReadBack() {
        try (Instance instance = Instance.starting(state, "notes-1", rows).awaitTopics()) {
            JournalRecord<Note> record = instance.note("user-1", "a");

            Position at = instance.append(record);

            ConsumerRecord<byte[], byte[]> kept = KafkaTopic.all(topic).getFirst();
            assertThat(at).isEqualTo(new Position(topic, kept.partition(), kept.offset()));
            assertThat(new RecordFormat("reader").read(rows, kept)).isEqualTo(record);
            assertThat(new String(kept.key(), UTF_8)).isEqualTo("user-1");
            assertThat(JournalHeaders.text(kept.headers(), "journal-node")).contains("notes-1");
            assertThat(KafkaTopic.setting(topic, "cleanup.policy")).isEqualTo("delete");
        }
    }

    @Test
    void aServiceStartsWithoutKafkaAndAppendsOnceItIsThere() {
        kafka.kill();
        try (Instance instance = Instance.starting(state, "notes-1", rows)) {
            assertThatThrownBy(() -> instance.append("user-1", "a"))
                    .isInstanceOf(DependencyUnavailableException.class)
                    .hasMessageContaining("topics of the journal are not made yet");

            kafka.start();

            instance.awaitTopics().append("user-1", "b");
            assertThat(ids()).containsExactly("b");
        }
    }

    @Test
    void nothingAcknowledgedIsLostWhenKafkaIsKilledAndNobodyWaitsLong() throws Exception {
        List<String> acknowledged = new CopyOnWriteArrayList<>();
        AtomicInteger refused = new AtomicInteger();
        List<Duration> waits = new CopyOnWriteArrayList<>();
        AtomicBoolean stopped = new AtomicBoolean();
        try (Instance instance = Instance.starting(state, "notes-1", rows).awaitTopics()) {
            Thread writer = Thread.ofVirtual().start(() -> {
                for (int n = 0; !stopped.get(); n++) {
                    Instant began = Instant.now();
                    try {
                        acknowledged.add(
                                instance.append("user-" + n % 5, "note-" + n).id());
                    } catch (DependencyUnavailableException away) {
                        refused.incrementAndGet();
                    }
                    waits.add(Duration.between(began, Instant.now()));
                }
            });
            await().atMost(BOUND).until(() -> acknowledged.size() > 50);
            kafka.kill();
            await().atMost(BOUND.multipliedBy(2)).until(() -> refused.get() > 1);

            kafka.start();

            int before = acknowledged.size();
            await().atMost(Duration.ofSeconds(30)).until(() -> acknowledged.size() > before + 20);
            stopped.set(true);
            writer.join();
        }
        assertThat(ids()).containsAll(acknowledged);
        assertThat(waits).allMatch(wait -> wait.compareTo(BOUND) < 0);
    }

    @Test
    void aRecordCarriesTheTraceItWasWrittenInAlsoWhenItIsSentLater() {
        try (Instance instance =
                Instance.starting(state, "notes-1", rows, TRACED).awaitTopics()) {
            Journal journal = instance.bean(Journal.class);
            Observation request = Observation.start("request", instance.bean(ObservationRegistry.class));
            List<StoredRecord> kept = new ArrayList<>();
            request.scoped(() -> {
                instance.append("user-1", "at once");
                kept.add(journal.kept(instance.note("user-1", "later")));
            });
            String traceId = traceOf(request);
            request.stop();

            journal.appendAll(kept);

            instance.append("user-1", "in no request");
            assertThat(KafkaTopic.all(topic))
                    .extracting(record ->
                            traces(record).map(trace -> trace.contains(traceId)).toList())
                    .containsExactly(List.of(true), List.of(true), List.of(false));
        }
    }

    private static Stream<String> traces(ConsumerRecord<byte[], byte[]> record) {
        return Stream.of(record.headers().toArray())
                .filter(header -> header.key().equals("traceparent"))
                .map(header -> new String(header.value(), UTF_8));
    }

    private static String traceOf(Observation observation) {
        TracingContext tracing = observation.getContext().getRequired(TracingContext.class);
        return Objects.requireNonNull(tracing.getSpan()).context().traceId();
    }

    private List<String> ids() {
        return KafkaTopic.all(topic).stream()
                .map(kept ->
                        JournalHeaders.text(kept.headers(), JournalHeaders.ID).orElseThrow())
                .toList();
    }
}
