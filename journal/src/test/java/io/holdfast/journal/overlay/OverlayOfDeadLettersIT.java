package io.holdfast.journal.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.journal.deadletter.DeadLetters;
import io.holdfast.journal.testing.Instance;
import io.holdfast.journal.testing.Note;
import io.holdfast.journal.testing.NotesTable;

/** More dead letters than an overlay holds. */
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class OverlayOfDeadLettersIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration ALL_RETRIES_OF_MANY = Duration.ofMinutes(2);
    private static final String HOLDS_20 = "holdfast.journal.overlay.records=20";
    private static final int LETTERS = 44;

    private final NotesTable table = new NotesTable(Instance.newJournal());
    private final String journal = table.rows().journal();
    private final AtomicBoolean broken = new AtomicBoolean(true);

    @TempDir
    private Path state;

    @Test
    void absenceIsNotClaimedUntilTheyAreSettledAndThenByEveryInstance() {
        breakTheTable();
        try (Instance instance =
                Instance.start(state, "notes-1", table, HOLDS_20).awaitTopics()) {
            DeadLetters letters = instance.bean(DeadLetters.class);
            Overlay<Note> overlay = instance.bean(Overlays.class).of(table.rows());
            IntStream.range(0, LETTERS).forEach(n -> instance.append("user-" + n, "note-" + n));
            await().atMost(ALL_RETRIES_OF_MANY).until(() -> letters.count(journal) == LETTERS);
            await().during(Duration.ofSeconds(1))
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(overlay.find("nobody")).isEqualTo(new Finding.Unknown<>()));

            letters.newest(journal, Long.MAX_VALUE, LETTERS / 2)
                    .forEach(letter -> letters.discard(journal, letter.offset()));
            await().during(Duration.ofSeconds(1))
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(overlay.find("nobody"))
                            .as("half of them are still more than it holds")
                            .isEqualTo(new Finding.Unknown<>()));

            broken.set(false);
            letters.replayAll(journal);

            await().atMost(SOON).until(() -> overlay.find("nobody").equals(new Finding.Absent<>()));
            assertThat(table.table()).hasSize(LETTERS / 2);

            try (Instance later =
                    Instance.starting(state, "notes-2", table.rows(), HOLDS_20).awaitTopics()) {
                Overlay<Note> laters = later.bean(Overlays.class).of(table.rows());
                await().atMost(SOON).until(() -> laters.find("nobody").equals(new Finding.Absent<>()));
            }
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
