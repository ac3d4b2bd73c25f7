package io.holdfast.journal.overlay;

import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalHeaders;
import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.record.UnreadableRecordException;

/** The readers of one journal. What cannot be read is nothing to them; whoever applies it says so. */
final class Readers<T> {

    private static final Logger log = LoggerFactory.getLogger(Readers.class);

    private final RowType<T> type;
    private final RecordFormat format;
    private final List<JournalReader<T>> readers;

    /** Those of the readers that want this journal's records. */
    @SuppressWarnings("unchecked") // their rows say so
    Readers(RowType<T> type, RecordFormat format, List<JournalReader<?>> all) {
        this.type = type;
        this.format = format;
        this.readers = all.stream()
                .filter(reader -> reader.rows().equals(type))
                .map(reader -> (JournalReader<T>) reader)
                .toList();
    }

    boolean areNone() {
        return readers.isEmpty();
    }

    void read(ConsumerRecord<byte[], byte[]> record) {
        Optional<String> id = JournalHeaders.text(record.headers(), JournalHeaders.ID);
        Optional<Stamp> stamp = JournalHeaders.stamp(record.headers());
        if (id.isEmpty() || stamp.isEmpty()) {
            return;
        }
        for (JournalReader<T> reader : readers) {
            if (reader.wants(id.get(), stamp.get())) {
                show(reader, record);
            }
        }
    }

    private void show(JournalReader<T> reader, ConsumerRecord<byte[], byte[]> record) {
        try {
            reader.read(format.read(type, record));
        } catch (UnreadableRecordException unreadable) {
            log.debug("journal_record_not_shown", unreadable);
        }
    }
}
