package io.holdfast.journal.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;

import io.holdfast.failover.guard.Guard;
import io.holdfast.failover.guard.Guards;
import io.holdfast.journal.record.JournalHeaders;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.topic.JournalTopics;

/**
 * The records that could not be applied: to look at, to replay, to discard. Every instance sees the same. All methods fail with {@link
 * io.holdfast.failover.guard.DependencyUnavailableException} while Kafka gives no answer, and with {@link NoSuchElementException} for a
 * journal this service does not have.
 */
public final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    /** What is said of the letter, not of the record. */
    private static final Set<String> OF_THE_LETTER = Set.of(JournalHeaders.FAILED_AT, JournalHeaders.FAILURE);

    private final Map<String, LetterShelf> shelves = new LinkedHashMap<>();
    private final Map<String, String> mains = new LinkedHashMap<>();
    private final KafkaTemplate<byte[], byte[]> kafka;
    private final Guards guards;

    /**
     * The dead letters of these journals.
     *
     * @param consumers each without a group and without commits
     */
    public DeadLetters(
            JournalTopics topics,
            Supplier<Consumer<byte[], byte[]>> consumers,
            KafkaTemplate<byte[], byte[]> kafka,
            Guards guards) {
        this.kafka = kafka;
        this.guards = guards;
        for (RowType<?> type : topics.types()) {
            String topic = JournalTopics.deadLetters(type);
            shelves.put(type.journal(), new LetterShelf(type.journal(), topic, consumers));
            mains.put(type.journal(), JournalTopics.main(type));
        }
    }

    /** The names of the journals, as {@link RowType#journal()} says them. */
    public Set<String> journals() {
        return shelves.keySet();
    }

    /**
     * Open letters, newest first.
     *
     * @param before the offset of the last one of the page before; {@link Long#MAX_VALUE} for the first page
     */
    public List<DeadLetter> newest(String journal, long before, int limit) {
        return upToDate(journal).newest(before, limit);
    }

    /** How many are open. */
    public int count(String journal) {
        return upToDate(journal).size();
    }

    /** How many were open when somebody last looked; asks nobody. */
    public int lastCount(String journal) {
        return shelf(journal).size();
    }

    /** An open letter with what it holds. */
    public Optional<FullDeadLetter> find(String journal, long offset) {
        LetterShelf shelf = upToDate(journal);
        return openRecord(shelf, offset)
                .map(record -> new FullDeadLetter(
                        Letters.read(journal, record),
                        record.value() == null ? "" : new String(record.value(), UTF_8)));
    }

    /**
     * Appends the record to its journal again, and settles the letter. Replayed by two at once, it stands in the journal twice, which
     * changes nothing.
     *
     * @return whether there was such an open letter
     */
    public boolean replay(String journal, long offset) {
        LetterShelf shelf = upToDate(journal);
        Optional<ConsumerRecord<byte[], byte[]>> letter = openRecord(shelf, offset);
        letter.ifPresent(record -> replay(journal, shelf, record));
        return letter.isPresent();
    }

    /**
     * Replays all that are open now, oldest first.
     *
     * @return how many
     */
    public int replayAll(String journal) {
        int replayed = 0;
        for (long offset : upToDate(journal).offsets()) {
            replayed += replay(journal, offset) ? 1 : 0;
        }
        return replayed;
    }

    /**
     * Settles a letter without applying it, for good.
     *
     * @return whether there was such an open letter
     */
    public boolean discard(String journal, long offset) {
        LetterShelf shelf = upToDate(journal);
        boolean open = shelf.isOpen(offset);
        if (open) {
            settle(shelf, offset);
            log.info("journal_dead_letter_discarded topic={} offset={}", shelf.topic(), offset);
        }
        return open;
    }

    private void replay(String journal, LetterShelf shelf, ConsumerRecord<byte[], byte[]> letter) {
        // Under its old time: a record does not live longer because it failed.
        ProducerRecord<byte[], byte[]> again =
                new ProducerRecord<>(mainOf(journal), null, letter.timestamp(), letter.key(), letter.value());
        letter.headers().forEach(header -> {
            // What the retries left in the headers would send it on to the next retry topic.
            if (header.key().startsWith("journal-") && !OF_THE_LETTER.contains(header.key())) {
                again.headers().add(header);
            }
        });
        JournalHeaders.put(again.headers(), JournalHeaders.REPLAY_OF, shelf.topic() + "@" + letter.offset());
        send(again);
        settle(shelf, letter.offset());
        log.info("journal_dead_letter_replayed topic={} offset={}", shelf.topic(), letter.offset());
    }

    private void settle(LetterShelf shelf, long offset) {
        ProducerRecord<byte[], byte[]> mark = new ProducerRecord<>(shelf.topic(), 0, null, (byte[]) null);
        JournalHeaders.put(mark.headers(), JournalHeaders.SETTLES, Long.toString(offset));
        send(mark);
    }

    /** May be sent twice: a record that is twice in the journal, or settled twice, is the same. */
    private void send(ProducerRecord<byte[], byte[]> record) {
        guard().repeatable(() -> acknowledged(record));
    }

    private boolean acknowledged(ProducerRecord<byte[], byte[]> record)
            throws InterruptedException, ExecutionException {
        kafka.send(record).get();
        return true;
    }

    private Optional<ConsumerRecord<byte[], byte[]>> openRecord(LetterShelf shelf, long offset) {
        return shelf.isOpen(offset) ? guard().repeatable(() -> shelf.record(offset)) : Optional.empty();
    }

    private LetterShelf upToDate(String journal) {
        LetterShelf shelf = shelf(journal);
        guard().repeatable(shelf::readOn);
        return shelf;
    }

    private LetterShelf shelf(String journal) {
        LetterShelf shelf = shelves.get(journal);
        if (shelf == null) {
            throw new NoSuchElementException("There is no journal " + journal);
        }
        return shelf;
    }

    private String mainOf(String journal) {
        return mains.getOrDefault(journal, journal);
    }

    private Guard guard() {
        return guards.of("kafka");
    }
}
