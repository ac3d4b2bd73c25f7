package io.holdfast.journal.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.testing.Note;

class RecordFormatTest {

    private static final RowType<Note> NOTES = RowType.first("notes", "note", Note.class);
    private static final JournalRecord<Note> RECORD = JournalRecord.upsert(
            NOTES, "user-1", "note-7", new Note("Übung", new BigDecimal("1.500")), new Stamp(1_795_000_000_000_002L));

    private final RecordFormat format = new RecordFormat("order-service-3");

    @Test
    void writesTheRowAsJsonAndAllElseAsText() {
        StoredRecord stored = format.write(RECORD, "journal.notes");

        assertThat(stored.topic()).isEqualTo("journal.notes");
        assertThat(stored.key()).isEqualTo("user-1");
        assertThat(stored.value()).isEqualTo("{\"text\":\"Übung\",\"price\":1.500}");
        assertThat(stored.headers())
                .isEqualTo(Map.of(
                        "journal-version", "1",
                        "journal-id", "note-7",
                        "journal-operation", "UPSERT",
                        "journal-row", "note",
                        "journal-row-version", "1",
                        "journal-timestamp", "1795000000000002",
                        "journal-node", "order-service-3"));
    }

    @Test
    void readsBackWhatItWrote() {
        JournalRecord<Note> read = format.read(NOTES, onKafka(format.write(RECORD, "journal.notes")));

        assertThat(read).isEqualTo(RECORD);
        assertThat(read.rank()).isEqualTo(2);
    }

    @Test
    void readsADeletionWithItsRow() {
        JournalRecord<Note> deletion = JournalRecord.delete(NOTES, "user-1", "note-7", RECORD.row(), RECORD.stamp());

        assertThat(format.read(NOTES, onKafka(format.write(deletion, "journal.notes"))))
                .isEqualTo(deletion);
    }

    @Test
    void readsTheVersionBeforeItsOwnAndRefusesANewerOrAnOlderOne() {
        ConsumerRecord<byte[], byte[]> first = onKafka(format.write(RECORD, "journal.notes"));

        assertThat(new RecordFormat("next", 2).read(NOTES, first)).isEqualTo(RECORD);
        assertThatThrownBy(() -> new RecordFormat("next", 3).read(NOTES, first))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("The record has version 1; this instance reads 2 and 3");
        JournalHeaders.put(first.headers(), JournalHeaders.VERSION, "2");
        assertThatThrownBy(() -> format.read(NOTES, first))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("The record has version 2; this instance reads 1");
    }

    @Test
    void makesTheRowOfThePreviousVersionANewOne() {
        RowType<Priced> second = new RowType<>(
                "notes",
                "note",
                2,
                Priced.class,
                previous -> {
                    previous.set("net", previous.remove("price"));
                    return previous;
                },
                Comparator.comparing(JournalRecord::stamp));
        ConsumerRecord<byte[], byte[]> first = onKafka(format.write(RECORD, "journal.notes"));

        assertThat(format.read(second, first).row()).isEqualTo(new Priced("Übung", new BigDecimal("1.500")));
        JournalHeaders.put(first.headers(), JournalHeaders.ROW_VERSION, "3");
        assertThatThrownBy(() -> format.read(second, first))
                .hasMessage("The row has version 3; this instance reads 1 and 2");
    }

    @Test
    void refusesARowOfAnotherKind() {
        RowType<Note> users = RowType.first("notes", "user", Note.class);

        assertThatThrownBy(() -> format.read(users, onKafka(format.write(RECORD, "journal.notes"))))
                .hasMessage("The record holds a row of kind 'note', not 'user'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal-version", "journal-id", "journal-operation", "journal-row", "journal-timestamp"})
    void namesTheHeaderThatIsMissing(String header) {
        ConsumerRecord<byte[], byte[]> kept = onKafka(format.write(RECORD, "journal.notes"));
        kept.headers().remove(header);

        assertThatThrownBy(() -> format.read(NOTES, kept)).hasMessage("The header " + header + " is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"text\":", "[1]", "null", "{\"text\":\"a\",\"price\":\"secret\"}"})
    void refusesWhatIsNoRowWithoutQuotingIt(String value) {
        StoredRecord written = format.write(RECORD, "journal.notes");
        StoredRecord garbled = new StoredRecord(written.topic(), written.key(), written.headers(), value);

        assertThatThrownBy(() -> format.read(NOTES, onKafka(garbled)))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesAnOperationNobodyKnows() {
        ConsumerRecord<byte[], byte[]> kept = onKafka(format.write(RECORD, "journal.notes"));
        JournalHeaders.put(kept.headers(), JournalHeaders.OPERATION, "MERGE");

        assertThatThrownBy(() -> format.read(NOTES, kept)).isInstanceOf(UnreadableRecordException.class);
    }

    private static ConsumerRecord<byte[], byte[]> onKafka(StoredRecord stored) {
        ConsumerRecord<byte[], byte[]> kept = new ConsumerRecord<>(
                stored.topic(),
                0,
                0,
                stored.key().getBytes(UTF_8),
                stored.value().getBytes(UTF_8));
        stored.headers().forEach((name, text) -> JournalHeaders.put(kept.headers(), name, text));
        return kept;
    }

    record Priced(String text, BigDecimal net) {}
}
