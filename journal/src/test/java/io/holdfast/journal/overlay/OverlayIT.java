package io.holdfast.journal.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.deadletter.DeadLetters;
import io.holdfast.journal.record.JournalHeaders;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.testing.Instance;
import io.holdfast.journal.testing.KafkaTopic;
import io.holdfast.journal.testing.Note;
import io.holdfast.journal.testing.NotesTable;
import io.holdfast.journal.topic.JournalTopics;
import io.holdfast.local.fixture.KafkaServer;
import io.holdfast.local.fixture.LocalServers;

@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class OverlayIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final KafkaServer kafka = LocalServers.shared().kafka();
    private final NotesTable table = new NotesTable(Instance.newJournal());
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean broken = new AtomicBoolean();

    @TempDir
    private Path state;

    @AfterEach
    void kafkaRuns() {
        kafka.start();
    }

    @Test
    void everyInstanceKnowsAtOnceWhatIsNotAppliedAndWhatIsNot() {
        breakTheTable();
        away.set(true);
        try (Instance writer = started("notes-1");
                Instance reader =
                        Instance.starting(state, "notes-2", table.rows()).awaitTopics()) {
            Overlay<Note> overlay = caughtUp(reader);
            for (int n = 0; n < 50; n++) {
                JournalRecord<Note> record = writer.append("user-1", "note-" + n);

                assertThat(overlay.find(record.id())).isEqualTo(new Finding.Present<>(record));
                assertThat(overlay.find("nobody-" + n)).isEqualTo(new Finding.Absent<>());
            }
            assertThat(overlay.ofKey("user-1").records()).hasSize(50);
            assertThat(overlay.ofKey("user-1").complete()).isTrue();
            assertThat(overlay.ofKey("user-2")).isEqualTo(new Unapplied<>(List.of(), true));

            away.set(false);

            await().atMost(SOON)
                    .until(() -> overlay.find("note-0").equals(new Finding.Absent<>())
                            && overlay.ofKey("user-1").records().isEmpty());
            assertThat(table.table()).hasSize(50);
        }
    }

    @Test
    void aReaderIsShownTheLastRecordsBeforeItsStartAndAllThatFollow() {
        Seen seen = new Seen(table.rows());
        try (Instance writer = started("notes-1")) {
            IntStream.range(0, 30).forEach(n -> writer.append("user-1", "note-" + n));
            await().atMost(SOON)
                    .until(() -> writer.bean(Overlays.class)
                            .of(table.rows())
                            .ofKey("user-1")
                            .equals(new Unapplied<>(List.of(), true)));
            try (Instance reader = Instance.startingWith(
                            seen, state, "notes-2", table.rows(), "holdfast.journal.overlay.read-back=10")
                    .awaitTopics()) {
                Overlay<Note> overlay = caughtUp(reader);
                assertThat(seen.ids)
                        .containsExactly(IntStream.range(20, 30)
                                .mapToObj(n -> "note-" + n)
                                .toArray(String[]::new));
                assertThat(overlay.ofKey("user-1").records())
                        .as("what is applied is read, and not held")
                        .isEmpty();
                writer.append("user-1", "unwanted");
                writer.append("user-1", "later");
                await().atMost(SOON).until(() -> seen.ids.contains("later"));
            }
        }
        assertThat(seen.ids).doesNotContain("unwanted");
    }

    @Test
    void theLatestWriteOfARowIsShown() {
        breakTheTable();
        away.set(true);
        try (Instance writer = started("notes-1")) {
            Overlay<Note> overlay = caughtUp(writer);
            JournalRecord<Note> first = writer.note("user-1", "a");
            JournalRecord<Note> second = JournalRecord.upsert(
                    table.rows(),
                    "user-1",
                    "a",
                    Note.saying("later"),
                    writer.bean(HybridClock.class).next());
            writer.append(second);
            writer.append(first);

            assertThat(overlay.ofKey("user-1").records()).containsExactly(second);
            assertThat(overlay.find("a")).isEqualTo(new Finding.Present<>(second));
            assertThat(overlay.latest("a")).contains(second);
        }
    }

    @Test
    void anInstanceThatStartsLearnsWhatWaitsAlready() {
        breakTheTable();
        away.set(true);
        try (Instance writer = started("notes-1")) {
            away.set(false);
            IntStream.range(0, 5).forEach(n -> writer.append("user-1", "applied-" + n));
            await().atMost(SOON).until(() -> committed() == 5);
            away.set(true);
            writer.append("user-1", "waits");

            try (Instance late =
                    Instance.starting(state, "notes-2", table.rows()).awaitTopics()) {
                Overlay<Note> overlay = caughtUp(late);

                assertThat(overlay.find("waits")).isInstanceOf(Finding.Present.class);
                assertThat(overlay.find("applied-0")).isEqualTo(new Finding.Absent<>());
            }
        }
    }

    @Test
    void anInstanceThatIsStartedKnowsWhatWaitsAtOnce() {
        breakTheTable();
        away.set(true);
        try (Instance writer = started("notes-1")) {
            writer.append("user-1", "waits");

            try (Instance late =
                    Instance.starting(state, "notes-2", table.rows(), "holdfast.journal.overlay.ready-within=30s")) {
                assertThat(late.bean(Overlays.class).of(table.rows()).find("waits"))
                        .isInstanceOf(Finding.Present.class);
            }
        }
    }

    @Test
    void aRecordStaysKnownOnItsWayOverRetriesToTheDeadLettersAndBack() {
        breakTheTable();
        broken.set(true);
        try (Instance writer = started("notes-1")) {
            Overlay<Note> overlay = caughtUp(writer);
            DeadLetters letters = writer.bean(DeadLetters.class);
            String journal = table.rows().journal();
            writer.append("user-1", "a");
            // Looked for all the way; it must never be missed.
            await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> {
                assertThat(overlay.find("a")).isInstanceOf(Finding.Present.class);
                return letters.count(journal) == 1;
            });
            assertThat(table.table()).isEmpty();

            broken.set(false);
            letters.replayAll(journal);

            await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> {
                Finding<Note> found = overlay.find("a");
                assertThat(found instanceof Finding.Present || table.table().containsKey("a"))
                        .isTrue();
                return found.equals(new Finding.Absent<>());
            });
        }
    }

    @Test
    void withoutKafkaAbsenceIsNotClaimed() {
        try (Instance instance = started("notes-1")) {
            Overlay<Note> overlay = caughtUp(instance);
            assertThat(overlay.find("a")).isEqualTo(new Finding.Absent<>());

            kafka.kill();

            assertThat(overlay.find("a")).isEqualTo(new Finding.Unknown<>());
            assertThat(overlay.ofKey("user-1").complete()).isFalse();
            kafka.start();
            caughtUp(instance);
            assertThat(overlay.find("a")).isEqualTo(new Finding.Absent<>());
        }
    }

    @Test
    void withMoreThanIsHeldAbsenceIsNotClaimedUntilItIsApplied() {
        breakTheTable();
        away.set(true);
        try (Instance instance = started("notes-1", "holdfast.journal.overlay.records=20")) {
            Overlay<Note> overlay = caughtUp(instance);
            IntStream.range(0, 300).forEach(n -> instance.append("user-" + n, "note-" + n));

            await().atMost(SOON).until(() -> overlay.find("nobody").equals(new Finding.Unknown<>()));
            MeterRegistry meters = instance.bean(MeterRegistry.class);
            assertThat(meters.get("holdfast.journal.overlay.held").gauge().value())
                    .isBetween(20.0, 20.0 + 100);
            await().atMost(SOON)
                    .until(() ->
                            meters.get("holdfast.journal.unapplied").gauge().value() == 300);

            away.set(false);

            await().atMost(SOON).until(() -> overlay.find("nobody").equals(new Finding.Absent<>()));
            await().atMost(SOON)
                    .until(() ->
                            meters.get("holdfast.journal.unapplied").gauge().value() == 0);
            assertThat(table.table()).hasSize(300);
        }
    }

    @Test
    void whatANewerVersionWroteIsKnownToBeThereButNotShown() {
        breakTheTable();
        away.set(true);
        try (Instance instance = started("notes-1")) {
            Overlay<Note> overlay = caughtUp(instance);
            ProducerRecord<byte[], byte[]> newer = new ProducerRecord<>(
                    JournalTopics.main(table.rows()), 0, "user-1".getBytes(UTF_8), "{}".getBytes(UTF_8));
            JournalHeaders.put(newer.headers(), JournalHeaders.VERSION, "2");
            JournalHeaders.put(newer.headers(), JournalHeaders.ID, "a");
            KafkaTopic.produce(newer);

            await().atMost(SOON).until(() -> overlay.find("a").equals(new Finding.Unknown<>()));
            assertThat(overlay.ofKey("user-1").complete()).isFalse();
            assertThat(overlay.find("b")).isEqualTo(new Finding.Absent<>());
        }
    }

    private Overlay<Note> caughtUp(Instance instance) {
        Overlay<Note> overlay = instance.bean(Overlays.class).of(table.rows());
        await().atMost(SOON).until(() -> !(overlay.find("nothing") instanceof Finding.Unknown));
        return overlay;
    }

    private Instance started(String name, String... more) {
        return Instance.start(state, name, table, more).awaitTopics();
    }

    private long committed() {
        return KafkaTopic.committed(table.rows().journal() + ".journal", JournalTopics.main(table.rows()));
    }

    private void breakTheTable() {
        table.before(record -> {
            if (away.get()) {
                throw new DependencyUnavailableException("cassandra", Reason.OPEN, Duration.ofSeconds(1), null);
            }
            if (broken.get()) {
                throw new IllegalStateException("the table is broken");
            }
        });
    }

    private record Seen(RowType<Note> rows, List<String> ids) implements JournalReader<Note> {

        Seen(RowType<Note> rows) {
            this(rows, new CopyOnWriteArrayList<>());
        }

        @Override
        public boolean wants(String id, Stamp stamp) {
            return !id.equals("unwanted");
        }

        @Override
        public void read(JournalRecord<Note> record) {
            ids.add(record.row().text());
        }
    }
}
