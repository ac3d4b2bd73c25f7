package io.holdfast.journal.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.append.Journal;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.testing.Instance;
import io.holdfast.journal.testing.KafkaTopic;
import io.holdfast.journal.testing.Note;
import io.holdfast.journal.testing.NotesTable;
import io.holdfast.journal.topic.JournalTopics;
import io.holdfast.local.fixture.KafkaServer;
import io.holdfast.local.fixture.LocalServers;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class OutboxIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final OutboxSettings SETTINGS =
            new OutboxSettings(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));
    private static final Instant MINUTE = Instant.parse("2026-11-21T10:00:00Z");

    private final KafkaServer kafka = LocalServers.shared().kafka();
    private final NotesTable table = new NotesTable(Instance.newJournal());
    private final String topic = JournalTopics.main(table.rows());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @SuppressWarnings("NullAway.Init")
    private CassandraOutbox outbox;

    @SuppressWarnings("NullAway.Init")
    private Instance instance;

    @BeforeAll
    void start(@TempDir Path state) {
        outbox = CassandraOutbox.open(
                LocalServers.shared().cassandra(),
                "outbox_" + UUID.randomUUID().toString().replace("-", ""));
        instance = Instance.start(state, "notes-1", table).awaitTopics();
    }

    @BeforeEach
    void forget() {
        outbox.beforeDelete(() -> {});
        table.table().clear();
        table.writes().clear();
    }

    @AfterEach
    void kafkaRuns() {
        kafka.start();
    }

    @AfterAll
    void stop() {
        instance.close();
        outbox.close();
    }

    @Test
    void whatWasLeftWhileKafkaWasAwayIsJournaledAndDeletedWhole() {
        kafka.kill();
        List<String> ids = IntStream.range(0, 250)
                .mapToObj(n -> left("notes-1", "note-" + n).id())
                .toList();
        OutboxRelay relay = relay("notes-1", MINUTE.plusSeconds(91));
        assertThatThrownBy(relay::relay).isInstanceOf(DependencyUnavailableException.class);
        assertThat(outbox.partitions()).hasSize(1);

        kafka.start();
        await().atMost(SOON).ignoreExceptions().until(() -> {
            relay.relay();
            return true;
        });

        assertThat(outbox.partitions()).isEmpty();
        assertThat(outbox.entries(new OutboxPartition("notes-1", MINUTE), null, 10))
                .isEmpty();
        await().atMost(SOON).until(() -> table.table().keySet().containsAll(ids));
        assertThat(meters.get("holdfast.journal.relayed").counter().count()).isGreaterThanOrEqualTo(250);
    }

    @Test
    void aRelayThatDiesBeforeItDeletesJournalsTwiceWithoutHarm() {
        JournalRecord<Note> record = left("notes-1", "twice");
        int before = KafkaTopic.all(topic).size();
        AtomicInteger deletions = new AtomicInteger();
        outbox.beforeDelete(() -> {
            if (deletions.incrementAndGet() == 1) {
                throw new IllegalStateException("killed");
            }
        });
        OutboxRelay relay = relay("notes-1", MINUTE.plusSeconds(91));

        assertThatThrownBy(relay::relay).hasMessage("killed");
        relay("notes-1", MINUTE.plusSeconds(91)).relay();

        assertThat(KafkaTopic.all(topic)).hasSize(before + 2);
        assertThat(outbox.partitions()).isEmpty();
        await().atMost(SOON)
                .until(() -> table.writes().stream().filter("twice"::equals).count() == 2);
        assertThat(table.table()).containsEntry("twice", record);
    }

    @Test
    void aMinuteIsLeftAloneUntilEveryWriteOfItHasSettled() {
        left("notes-1", "a");

        relay("notes-1", MINUTE.plusSeconds(89)).relay();
        assertThat(outbox.partitions()).hasSize(1);

        relay("notes-1", MINUTE.plusSeconds(90)).relay();
        assertThat(outbox.partitions()).isEmpty();
    }

    @Test
    void whatADeadInstanceLeftIsTakenOverLater() {
        left("notes-9", "a");

        relay("notes-1", MINUTE.plusSeconds(149)).relay();
        assertThat(outbox.partitions()).hasSize(1);

        relay("notes-1", MINUTE.plusSeconds(150)).relay();
        assertThat(outbox.partitions()).isEmpty();
        await().atMost(SOON).until(() -> table.table().containsKey("a"));
    }

    @Test
    void aRecordThatNoBrokerTakesDoesNotHoldUpTheOthers() {
        JournalRecord<Note> huge = JournalRecord.upsert(
                table.rows(),
                "user-1",
                "huge",
                Note.saying("x".repeat(4_000_000)),
                instance.note("user-1", "b").stamp());
        left("notes-1", "a");
        outbox.add(entry("notes-1", huge));
        left("notes-1", "c");

        relay("notes-1", MINUTE.plusSeconds(91)).relay();

        await().atMost(SOON)
                .until(() -> table.table().containsKey("a") && table.table().containsKey("c"));
        assertThat(outbox.partitions()).isEmpty();
        assertThat(meters.get("holdfast.journal.outbox.refused").counter().count())
                .isEqualTo(1);
    }

    private JournalRecord<Note> left(String by, String id) {
        JournalRecord<Note> record = instance.note("user-1", id);
        outbox.add(entry(by, record));
        return record;
    }

    private OutboxEntry entry(String by, JournalRecord<Note> record) {
        return OutboxEntry.of(
                by, MINUTE.plusSeconds(59), record, instance.bean(Journal.class).stored(record));
    }

    private OutboxRelay relay(String by, Instant now) {
        return new OutboxRelay(by, outbox, instance.bean(Journal.class), SETTINGS, InstantSource.fixed(now), meters);
    }
}
