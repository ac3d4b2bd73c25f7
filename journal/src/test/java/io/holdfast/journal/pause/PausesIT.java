package io.holdfast.journal.pause;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.holdfast.journal.record.RowType;
import io.holdfast.journal.testing.Instance;
import io.holdfast.journal.testing.KafkaTopic;
import io.holdfast.journal.testing.Note;
import io.holdfast.journal.topic.PauseTopic;

/** What instances of a service hear of restores, over a real Kafka. */
@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
class PausesIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LAPSE = Duration.ofMinutes(10);

    private final String keyspace = "shop_" + UUID.randomUUID();
    private final Set<String> tables = Set.of(keyspace + ".notes");
    private final UUID job = UUID.randomUUID();
    private final RowType<Note> rows = Instance.newJournal();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path state;

    @Test
    void everyInstanceStandsStillAndOneOfThemPutsThingsRight() {
        Listening one = new Listening();
        Listening other = new Listening();
        try (Instance first = start("one", one);
                Instance second = start("other", other)) {
            send(PauseNotice.paused(job, 1, keyspace, tables, LAPSE));
            await().atMost(SOON).until(() -> isPaused(first) && isPaused(second));
            assertThat(one.restored).isEmpty();

            send(PauseNotice.over(job, 1, keyspace, tables, true));

            await().atMost(SOON).until(() -> !isPaused(first) && !isPaused(second));
            assertThat(one.forgotten).containsExactly(tables);
            assertThat(other.forgotten).containsExactly(tables);
            await().atMost(SOON).until(() -> one.restored.size() + other.restored.size() == 1);
        }
    }

    @Test
    void anInstanceThatStartsInTheMiddleKnowsBeforeItIsReady() {
        try (Instance first = start("one", new Listening())) {
            send(PauseNotice.paused(job, 1, keyspace, tables, LAPSE));
            await().atMost(SOON).until(() -> isPaused(first));

            try (Instance second = start("other", new Listening())) {
                assertThat(isPaused(second)).isTrue();
            }
        }
    }

    @Test
    void whatFailedIsDoneAgainAndAFailedRestoreNeedsNothing() {
        Listening listening = new Listening();
        listening.failures.set(1);
        try (Instance instance = start("one", listening)) {
            send(PauseNotice.paused(UUID.randomUUID(), 1, keyspace, tables, LAPSE));
            send(PauseNotice.over(UUID.randomUUID(), 1, keyspace, Set.of("a.failed"), false));
            send(PauseNotice.over(job, 1, keyspace, tables, true));

            await().atMost(SOON).until(() -> listening.restored.contains(tables));

            assertThat(listening.failures).hasValue(0);
            assertThat(listening.restored).doesNotContain(Set.of("a.failed"));
            assertThat(listening.forgotten).contains(Set.of("a.failed"));
            assertThat(isPaused(instance)).as("by another restore").isTrue();
        }
    }

    @Test
    void whatAFailedRestoreHadBegunToReplaceIsPutRight() {
        Listening listening = new Listening();
        try (Instance _ = start("one", listening)) {
            send(PauseNotice.failed(job, 1, keyspace, Set.of(keyspace + ".notes", "a.failed"), tables));

            await().atMost(SOON).until(() -> listening.restored.size() == 1);

            assertThat(listening.restored).containsExactly(tables);
        }
    }

    @Test
    void anInstanceThatStopsInTheMiddleLeavesItToTheNextOne(CapturedOutput log) {
        Listening slow = new Listening();
        slow.end = new CountDownLatch(1);
        Instance first = start("one", slow);
        send(PauseNotice.over(job, 1, keyspace, tables, true));
        await().atMost(SOON).until(() -> slow.begun.get() == 1);

        first.close();

        assertThat(slow.interrupted).isTrue();
        assertThat(slow.restored).isEmpty();
        assertThat(log.getAll()).as("its consumer was not interrupted").doesNotContain("errors.InterruptException");
        Listening next = new Listening();
        try (Instance _ = start("one", next)) {
            await().atMost(SOON).until(() -> next.restored.contains(tables));
        }
    }

    private Instance start(String name, Listening bean) {
        return Instance.startingWith(bean, state, name, rows, "spring.main.web-application-type=none")
                .awaitTopics();
    }

    private boolean isPaused(Instance instance) {
        return instance.bean(WritePauses.class).isPaused(keyspace);
    }

    private void send(PauseNotice notice) {
        KafkaTopic.produce(new ProducerRecord<>(
                PauseTopic.NAME, keyspace.getBytes(UTF_8), notice.write().getBytes(UTF_8)));
    }

    /** Keeps what it is told; of this keyspace only, for the topic is everyone's. */
    private final class Listening implements ReplacedTables, AfterRestore {
        private final List<Set<String>> forgotten = new CopyOnWriteArrayList<>();
        private final List<Set<String>> restored = new CopyOnWriteArrayList<>();
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicBoolean interrupted = new AtomicBoolean();
        private volatile CountDownLatch end = new CountDownLatch(0);

        @Override
        public void forget(Set<String> replaced) {
            if (concerns(replaced)) {
                forgotten.add(replaced);
            }
        }

        @Override
        public void restored(Set<String> replaced, Instant over) {
            if (!concerns(replaced)) {
                return;
            }
            begun.incrementAndGet();
            try {
                end.await();
            } catch (InterruptedException stop) {
                interrupted.set(true);
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted", stop);
            }
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("Not this time");
            }
            restored.add(replaced);
        }

        private boolean concerns(Set<String> replaced) {
            return replaced.equals(tables) || replaced.contains("a.failed");
        }
    }
}
