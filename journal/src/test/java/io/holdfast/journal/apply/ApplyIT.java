package io.holdfast.journal.apply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalHeaders;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.testing.Instance;
import io.holdfast.journal.testing.KafkaTopic;
import io.holdfast.journal.testing.Note;
import io.holdfast.journal.testing.NotesTable;
import io.holdfast.journal.topic.JournalTopics;
import io.holdfast.local.fixture.KafkaServer;
import io.holdfast.local.fixture.LocalServers;

@ExtendWith(OutputCaptureExtension.class)
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class ApplyIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final KafkaServer kafka = LocalServers.shared().kafka();
    private final NotesTable table = new NotesTable(Instance.newJournal());
    private final String topic = JournalTopics.main(table.rows());
    private final String deadLetters = JournalTopics.deadLetters(table.rows());

    @TempDir
    private Path state;

    @AfterEach
    void kafkaRuns() {
        kafka.start();
    }

    @Test
    void whatIsAppendedIsAppliedAndItsStampIsSeen() {
        try (Instance instance = started("notes-1")) {
            Stamp ahead = new Stamp(instance.bean(HybridClock.class).next().microseconds() + 200_000);
            JournalRecord<Note> record =
                    JournalRecord.upsert(table.rows(), "user-1", "a", Note.saying("from elsewhere"), ahead);

            instance.append(record);

            await().atMost(SOON).until(() -> table.table().containsKey("a"));
            assertThat(table.table()).containsEntry("a", record);
            assertThat(instance.bean(HybridClock.class).next()).isGreaterThan(ahead);
            await().atMost(SOON).until(() -> committed() == 1);
        }
    }

    @Test
    void aPoisonedRecordHoldsUpNobodyAndIsADeadLetterWithItsReason(CapturedOutput log) {
        table.before(record -> {
            if (record.id().equals("bad")) {
                throw new IllegalStateException("no such currency\nXYZ");
            }
        });
        try (Instance instance = started("notes-1")) {
            instance.append("user-1", "before");
            int partition = KafkaTopic.all(topic).getFirst().partition();
            KafkaTopic.produce(new ProducerRecord<>(topic, partition, bytes("user-1"), bytes("\0garbage")));
            KafkaTopic.produce(ofVersion("9", partition));
            instance.append("user-1", "bad");
            instance.append("user-1", "behind");

            await().atMost(SOON).until(() -> table.table().containsKey("behind"));
            await().atMost(SOON).until(() -> KafkaTopic.all(deadLetters).size() == 3);
            List<ConsumerRecord<byte[], byte[]>> letters = KafkaTopic.all(deadLetters);
            assertThat(letters)
                    .extracting(letter -> JournalHeaders.text(letter.headers(), JournalHeaders.FAILURE)
                            .orElse(""))
                    .anySatisfy(reason -> assertThat(reason).contains("The header journal-version is missing"))
                    .anySatisfy(reason -> assertThat(reason).contains("The record has version 9"))
                    .anySatisfy(reason ->
                            assertThat(reason).isEqualTo("java.lang.IllegalStateException: no such currency XYZ"));
            assertThat(letters)
                    .allSatisfy(letter -> assertThat(letter.headers().lastHeader("kafka_exception-stacktrace"))
                            .isNull());
            assertThat(KafkaTopic.all(JournalTopics.main(table.rows()) + "-retry-1"))
                    .hasSize(3);
            assertThat(log.getOut().lines().filter(line -> line.contains("journal_dead_letter")))
                    .hasSize(3);
            assertThat(log.getOut().lines().filter(line -> line.contains("no such currency")))
                    .hasSize(1);
            assertThat(instance.bean(MeterRegistry.class)
                            .get("holdfast.journal.given.up")
                            .counter()
                            .count())
                    .isEqualTo(3);
        }
    }

    @Test
    void aMovedRecordKeepsTheTimeItWasAppended() {
        table.before(record -> {
            throw new IllegalArgumentException("never");
        });
        try (Instance instance = started("notes-1")) {
            instance.append("user-1", "bad");

            await().atMost(SOON).until(() -> KafkaTopic.all(deadLetters).size() == 1);
            assertThat(KafkaTopic.all(deadLetters).getFirst().timestamp())
                    .isEqualTo(KafkaTopic.all(topic).getFirst().timestamp());
        }
    }

    @Test
    void aLostDependencyPausesAndThenAllIsAppliedInOrder(CapturedOutput log) {
        AtomicBoolean away = new AtomicBoolean(true);
        table.before(record -> failWhile(away));
        try (Instance instance = started("notes-1")) {
            List<String> ids = IntStream.range(0, 60)
                    .mapToObj(n -> instance.append("user-1", "note-" + n).id())
                    .toList();
            Pauses pauses = instance.bean(Pauses.class);
            await().atMost(SOON).until(() -> pauses.longest().compareTo(Duration.ofSeconds(2)) > 0);
            assertThat(table.table()).isEmpty();
            assertThat(committed()).isZero();

            away.set(false);

            await().atMost(SOON).until(() -> table.table().size() == 60);
            assertThat(table.writes()).containsExactlyElementsOf(ids);
            assertThat(pauses.longest()).isZero();
            assertThat(KafkaTopic.all(topic + "-retry-0")).isEmpty();
            assertThat(KafkaTopic.all(deadLetters)).isEmpty();
            assertThat(log.getOut().lines().filter(line -> line.contains("journal_paused")))
                    .hasSize(1);
            assertThat(log.getOut()).contains("journal_resumed");
        }
    }

    @Test
    void aRecordOnARetryTopicWaitsForALostDependencyToo() {
        AtomicBoolean away = new AtomicBoolean(true);
        AtomicInteger tries = new AtomicInteger();
        table.before(record -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
            }
            failWhile(away);
        });
        try (Instance instance = started("notes-1")) {
            JournalRecord<Note> record = instance.append("user-1", "a");
            await().atMost(SOON).until(() -> tries.get() > 5);
            assertThat(table.table()).isEmpty();

            away.set(false);

            await().atMost(SOON).until(() -> table.table().containsKey("a"));
            assertThat(table.table()).containsEntry("a", record);
            assertThat(KafkaTopic.all(topic + "-retry-1")).isEmpty();
            assertThat(KafkaTopic.all(deadLetters)).isEmpty();
        }
    }

    @Test
    void aRecordWhoseOffsetWasNotCommittedIsAppliedAgain() {
        AtomicBoolean killed = new AtomicBoolean();
        table.after(record -> {
            if (killed.compareAndSet(false, true)) {
                kafka.kill();
            }
        });
        JournalRecord<Note> record;
        try (Instance instance = Instance.start(
                        state,
                        "notes-1",
                        table,
                        "spring.kafka.consumer.properties.request.timeout.ms=1000",
                        "spring.kafka.consumer.properties.default.api.timeout.ms=1000")
                .awaitTopics()) {
            record = instance.append("user-1", "a");
            await().atMost(SOON).until(killed::get);
        }
        // A consumer that lived on could still commit.
        await().atMost(SOON)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("journal-0-C")));
        kafka.start();
        assertThat(committed()).isZero();

        try (Instance next = started("notes-2")) {
            await().atMost(SOON).until(() -> table.writes().equals(List.of("a", "a")));
            assertThat(table.table()).containsEntry("a", record);
            await().atMost(SOON).until(() -> committed() == 1);
            assertThat(next.bean(Pauses.class).longest()).isZero();
        }
    }

    @Test
    void aStopLetsTheRecordUnderWayBeFinishedAndCommitted() throws InterruptedException {
        CountDownLatch underWay = new CountDownLatch(1);
        table.before(record -> {
            underWay.countDown();
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        });
        try (Instance instance = started("notes-1")) {
            instance.append("user-1", "a");
            assertThat(underWay.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        assertThat(table.writes()).containsExactly("a");
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void aPausedPartitionThatMovesIsAppliedByItsNewOwner() {
        AtomicBoolean away = new AtomicBoolean(true);
        NotesTable elsewhere = new NotesTable(table.rows());
        table.before(record -> failWhile(away));
        try (Instance instance = started("notes-1")) {
            IntStream.range(0, 10).forEach(n -> instance.append("user-" + n, "note-" + n));
            Pauses pauses = instance.bean(Pauses.class);
            await().atMost(SOON).until(() -> !pauses.longest().isZero());

            try (Instance other = Instance.start(state, "notes-2", elsewhere)) {
                // It takes one of the two partitions and applies it, while the other one still waits.
                await().atMost(SOON).until(() -> !elsewhere.table().isEmpty());
                assertThat(table.table()).isEmpty();
                away.set(false);
                await().atMost(SOON).until(() -> committed() == 10);
                assertThat(pauses.longest()).isZero();
                assertThat(other.bean(Pauses.class).longest()).isZero();
            }
            assertThat(table.table().size() + elsewhere.table().size()).isGreaterThanOrEqualTo(10);
            assertThat(KafkaTopic.all(deadLetters)).isEmpty();
        }
    }

    private Instance started(String name) {
        return Instance.start(state, name, table).awaitTopics();
    }

    private long committed() {
        return KafkaTopic.committed(table.rows().journal() + ".journal", topic);
    }

    private static void failWhile(AtomicBoolean away) {
        if (away.get()) {
            throw new DependencyUnavailableException("cassandra", Reason.OPEN, Duration.ofSeconds(1), null);
        }
    }

    private ProducerRecord<byte[], byte[]> ofVersion(String version, int partition) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, bytes("user-1"), bytes("{}"));
        JournalHeaders.put(record.headers(), JournalHeaders.VERSION, version);
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
