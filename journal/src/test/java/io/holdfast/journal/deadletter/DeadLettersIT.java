package io.holdfast.journal.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.journal.overlay.Finding;
import io.holdfast.journal.overlay.Overlays;
import io.holdfast.journal.record.JournalHeaders;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.testing.Instance;
import io.holdfast.journal.testing.KafkaTopic;
import io.holdfast.journal.testing.Note;
import io.holdfast.journal.testing.NotesTable;
import io.holdfast.journal.topic.JournalTopics;

@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class DeadLettersIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration ALL_RETRIES_OF_MANY = Duration.ofMinutes(2);
    private static final long FIRST_PAGE = Long.MAX_VALUE;

    private final NotesTable table = new NotesTable(Instance.newJournal());
    private final String journal = table.rows().journal();
    private final AtomicBoolean broken = new AtomicBoolean(true);

    @TempDir
    private Path state;

    @Test
    void aLetterIsListedWithItsReasonAndReplayedOnce() {
        breakTheTable();
        try (Instance instance = Instance.start(state, "notes-1", table).awaitTopics()) {
            DeadLetters letters = instance.bean(DeadLetters.class);
            Instant began = Instant.now().minusSeconds(1);
            JournalRecord<Note> record = instance.append("user-1", "a");
            await().atMost(SOON).until(() -> letters.count(journal) == 1);

            DeadLetter letter = letters.newest(journal, FIRST_PAGE, 10).getFirst();
            assertThat(letter.key()).isEqualTo("user-1");
            assertThat(letter.id()).isEqualTo("a");
            assertThat(letter.timestamp()).isEqualTo(record.stamp().microseconds());
            assertThat(letter.reason()).isEqualTo("java.lang.IllegalStateException: the table is broken");
            assertThat(letter.failedAt()).isBetween(began, Instant.now());
            assertThat(letter.from())
                    .startsWith(JournalTopics.main(table.rows()) + "-")
                    .endsWith("@0");
            assertThat(letters.find(journal, letter.offset()).orElseThrow().value())
                    .isEqualTo("{\"text\":\"a\",\"price\":1.500}");

            broken.set(false);
            assertThat(letters.replay(journal, letter.offset())).isTrue();

            await().atMost(SOON).until(() -> table.table().containsKey("a"));
            assertThat(table.table()).containsEntry("a", record);
            assertThat(letters.count(journal)).isZero();
            assertThat(letters.replay(journal, letter.offset())).isFalse();
            assertThat(letters.find(journal, letter.offset())).isEmpty();
            ConsumerRecord<byte[], byte[]> replayed = KafkaTopic.all(JournalTopics.main(table.rows())).stream()
                    .filter(kept -> kept.headers().lastHeader(JournalHeaders.REPLAY_OF) != null)
                    .findFirst()
                    .orElseThrow();
            assertThat(replayed.headers())
                    .allSatisfy(header -> assertThat(header.key()).doesNotStartWith("retry_topic"));
        }
    }

    @Test
    void anotherInstanceSeesTheSameLettersInPagesAndReplaysAll() {
        breakTheTable();
        try (Instance instance = Instance.start(state, "notes-1", table).awaitTopics();
                Instance other =
                        Instance.starting(state, "notes-2", table.rows()).awaitTopics()) {
            IntStream.range(0, 5).forEach(n -> instance.append("user-1", "note-" + n));
            DeadLetters letters = other.bean(DeadLetters.class);
            await().atMost(SOON).until(() -> letters.count(journal) == 5);

            assertThat(letters.newest(journal, FIRST_PAGE, 2))
                    .extracting(DeadLetter::id)
                    .containsExactly("note-4", "note-3");
            assertThat(letters.newest(journal, 3, 2))
                    .extracting(DeadLetter::offset)
                    .containsExactly(2L, 1L);

            broken.set(false);
            assertThat(letters.replayAll(journal)).isEqualTo(5);

            await().atMost(SOON).until(() -> table.table().size() == 5);
            assertThat(instance.bean(DeadLetters.class).count(journal)).isZero();
        }
    }

    @Test
    void allAreReplayedHoweverManyThereAre() {
        breakTheTable();
        try (Instance instance = Instance.start(state, "notes-1", table).awaitTopics()) {
            DeadLetters letters = instance.bean(DeadLetters.class);
            instance.append("user-1", "a");
            await().atMost(SOON).until(() -> letters.count(journal) == 1);
            assertThat(letters.discard(journal, 0)).isTrue();
            String topic = JournalTopics.deadLetters(journal);
            ConsumerRecord<byte[], byte[]> letter = KafkaTopic.all(topic).getFirst();
            KafkaTopic.produce(
                    new ProducerRecord<>(topic, 0, letter.key(), letter.value(), letter.headers()),
                    LetterShelf.MOST + 60);
            assertThat(letters.discard(journal, 0)).as("out of sight").isFalse();
            assertThat(letters.count(journal)).isEqualTo(LetterShelf.MOST);

            broken.set(false);
            assertThat(letters.replayAll(journal)).isEqualTo(LetterShelf.MOST + 60);

            assertThat(letters.count(journal)).isZero();
            await().atMost(SOON).until(() -> table.table().containsKey("a"));
        }
    }

    @Test
    void whatStaysBrokenIsADeadLetterAgainAndGarbageIsDiscarded() {
        breakTheTable();
        try (Instance instance = Instance.start(state, "notes-1", table).awaitTopics()) {
            DeadLetters letters = instance.bean(DeadLetters.class);
            KafkaTopic.produce(
                    new ProducerRecord<>(JournalTopics.main(table.rows()), 0, null, "garbage".getBytes(UTF_8)));
            await().atMost(SOON).until(() -> letters.count(journal) == 1);

            assertThat(letters.replay(journal, 0)).isTrue();
            await().atMost(SOON).until(() -> letters.count(journal) == 1);
            long again = letters.newest(journal, FIRST_PAGE, 1).getFirst().offset();
            assertThat(again).isGreaterThan(0);
            assertThat(letters.discard(journal, again)).isTrue();

            assertThat(letters.count(journal)).isZero();
            assertThat(letters.discard(journal, again)).isFalse();
        }
    }

    @Test
    void aMarkThatNamesNoLetterIsALetterAndIsReadOver() {
        try (Instance instance = Instance.start(state, "notes-1", table).awaitTopics()) {
            DeadLetters letters = instance.bean(DeadLetters.class);
            for (String named : List.of("the first", "-1", "2", "99999999999")) {
                ProducerRecord<byte[], byte[]> mark =
                        new ProducerRecord<>(JournalTopics.deadLetters(journal), 0, null, null);
                JournalHeaders.put(mark.headers(), JournalHeaders.SETTLES, named);
                KafkaTopic.produce(mark);
            }

            assertThat(letters.count(journal)).isEqualTo(4);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(instance.bean(Overlays.class)
                                    .of(table.rows())
                                    .find("nobody"))
                            .isEqualTo(new Finding.Absent<>()));
            assertThat(letters.newest(journal, FIRST_PAGE, 10))
                    .allMatch(letter -> letters.discard(journal, letter.offset()));
            assertThat(letters.count(journal)).isZero();
        }
    }

    /** Another service, which has a journal of its own and knows nothing of these rows. */
    @Test
    void aServiceShowsAndReplaysTheLettersOfAnothersJournal() {
        breakTheTable();
        RowType<Note> others = Instance.newJournal();
        try (Instance instance = Instance.start(state, "notes-1", table).awaitTopics();
                Instance other = Instance.starting(state, "others-1", others).awaitTopics()) {
            JournalRecord<Note> record = instance.append("user-1", "a");
            DeadLetters letters = other.bean(DeadLetters.class);
            await().atMost(SOON).until(() -> letters.count(journal) == 1);

            DeadLetter letter = letters.newest(journal, FIRST_PAGE, 10).getFirst();
            assertThat(letter.journal()).isEqualTo(journal);
            assertThat(letter.id()).isEqualTo("a");
            assertThat(letters.count(others.journal())).isZero();

            broken.set(false);
            assertThat(letters.replay(journal, letter.offset())).isTrue();

            await().atMost(SOON).until(() -> table.table().containsKey("a"));
            assertThat(table.table()).containsEntry("a", record);
            assertThat(instance.bean(DeadLetters.class).count(journal)).isZero();
        }
    }

    @Test
    void aJournalThatNobodyHasMadeHoldsNoneAndStaysUnmade() {
        try (Instance instance = Instance.start(state, "notes-1", table).awaitTopics()) {
            DeadLetters letters = instance.bean(DeadLetters.class);
            String unmade = Instance.newJournal().journal();
            Instant began = Instant.now();

            assertThat(letters.count(unmade)).isZero();
            assertThat(letters.newest(unmade, FIRST_PAGE, 10)).isEmpty();
            assertThat(letters.find(unmade, 0)).isEmpty();
            assertThat(letters.replay(unmade, 0)).isFalse();
            assertThat(letters.replayAll(unmade)).isZero();
            assertThat(letters.discard(unmade, 0)).isFalse();

            assertThat(Duration.between(began, Instant.now()))
                    .as("nothing waits for the topic until the guard gives up")
                    .isLessThan(Duration.ofSeconds(6));
            assertThat(KafkaTopic.names()).noneMatch(topic -> topic.contains(unmade));
            assertThatThrownBy(() -> letters.count("nobody's")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** More than are replayed at a time; and those that come back meanwhile are not replayed again and again. */
    @Test
    void replayingAllComesToAnEndWhileEverythingStaysBroken() {
        breakTheTable();
        try (Instance instance = Instance.start(state, "notes-1", table).awaitTopics()) {
            DeadLetters letters = instance.bean(DeadLetters.class);
            IntStream.range(0, 120).forEach(n -> instance.append("user-1", "note-" + n));
            await().atMost(ALL_RETRIES_OF_MANY).until(() -> letters.count(journal) == 120);

            assertThat(letters.replayAll(journal)).isEqualTo(120);

            await().atMost(ALL_RETRIES_OF_MANY).until(() -> letters.count(journal) == 120);
            assertThat(letters.newest(journal, FIRST_PAGE, 200))
                    .extracting(DeadLetter::id)
                    .doesNotHaveDuplicates();
        }
    }

    private void breakTheTable() {
        table.before(record -> {
            if (broken.get()) {
                throw new IllegalStateException("the table is broken");
            }
        });
    }
}
