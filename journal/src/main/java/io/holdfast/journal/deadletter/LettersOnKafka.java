package io.holdfast.journal.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

import io.holdfast.failover.guard.Guard;
import io.holdfast.failover.guard.Guards;
import io.holdfast.journal.record.JournalHeaders;
import io.holdfast.journal.topic.JournalTopics;

/** The letters as the topics of dead letters hold them. */
public final class LettersOnKafka implements DeadLetters {

    /** What is said of the letter, not of the record. */
    private static final Set<String> OF_THE_LETTER = Set.of(JournalHeaders.FAILED_AT, JournalHeaders.FAILURE);

    private static final int REPLAYED_AT_A_TIME = 50;

    private final Map<String, LetterShelf> shelves = new ConcurrentHashMap<>();
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final KafkaTemplate<byte[], byte[]> kafka;
    private final Guards guards;

    /**
     * The letters of all journals.
     *
     * @param consumers each without a group and without commits, and makes no topics
     */
    public LettersOnKafka(
            Supplier<Consumer<byte[], byte[]>> consumers, KafkaTemplate<byte[], byte[]> kafka, Guards guards) {
        this.consumers = consumers;
        this.kafka = kafka;
        this.guards = guards;
    }

    @Override
    public List<DeadLetter> newest(String journal, long before, int limit) {
        return upToDate(journal).newest(before, limit);
    }

    @Override
    public int count(String journal) {
        return upToDate(journal).size();
    }

    @Override
    public Optional<FullDeadLetter> find(String journal, long offset) {
        return openRecord(upToDate(journal), offset)
                .map(record -> new FullDeadLetter(
                        Letters.read(journal, record),
                        record.value() == null ? "" : new String(record.value(), UTF_8)));
    }

    @Override
    public boolean replay(String journal, long offset) {
        LetterShelf shelf = upToDate(journal);
        Optional<ConsumerRecord<byte[], byte[]>> letter = openRecord(shelf, offset);
        letter.ifPresent(record -> replay(shelf, List.of(record)));
        return letter.isPresent();
    }

    @Override
    public int replayAll(String journal) {
        LetterShelf shelf = upToDate(journal);
        // What is still broken comes back as a further letter: without an end it would be replayed for ever.
        long last = shelf.last();
        int replayed = 0;
        List<ConsumerRecord<byte[], byte[]>> oldest = oldest(shelf, last);
        while (!oldest.isEmpty()) {
            replay(shelf, oldest);
            replayed += oldest.size();
            oldest = oldest(shelf, last);
            if (oldest.isEmpty()) {
                // There may be more of them than a shelf holds.
                oldest = oldest(upToDate(journal), last);
            }
        }
        return replayed;
    }

    @Override
    public boolean discard(String journal, long offset) {
        LetterShelf shelf = upToDate(journal);
        boolean open = shelf.isOpen(offset);
        if (open) {
            settle(shelf, List.of(offset));
        }
        return open;
    }

    private void replay(LetterShelf shelf, List<ConsumerRecord<byte[], byte[]>> letters) {
        send(letters.stream().map(letter -> again(shelf, letter)).toList());
        settle(shelf, letters.stream().map(ConsumerRecord::offset).toList());
    }

    private static ProducerRecord<byte[], byte[]> again(LetterShelf shelf, ConsumerRecord<byte[], byte[]> letter) {
        // Under its old time: a record does not live longer because it failed.
        ProducerRecord<byte[], byte[]> again = new ProducerRecord<>(
                JournalTopics.main(shelf.journal()), null, letter.timestamp(), letter.key(), letter.value());
        letter.headers().forEach(header -> {
            // What the retries left in the headers would send it on to the next retry topic.
            if (header.key().startsWith("journal-") && !OF_THE_LETTER.contains(header.key())) {
                again.headers().add(header);
            }
        });
        JournalHeaders.put(again.headers(), JournalHeaders.REPLAY_OF, shelf.topic() + "@" + letter.offset());
        return again;
    }

    private void settle(LetterShelf shelf, List<Long> offsets) {
        send(offsets.stream().map(offset -> mark(shelf, offset)).toList());
        offsets.forEach(shelf::settled);
    }

    private static ProducerRecord<byte[], byte[]> mark(LetterShelf shelf, long offset) {
        ProducerRecord<byte[], byte[]> mark = new ProducerRecord<>(shelf.topic(), 0, null, (byte[]) null);
        JournalHeaders.put(mark.headers(), JournalHeaders.SETTLES, Long.toString(offset));
        return mark;
    }

    /** May be sent twice: a record that is twice in the journal, or settled twice, is the same. */
    private void send(List<ProducerRecord<byte[], byte[]>> records) {
        guard().repeatable(() -> acknowledged(records));
    }

    private boolean acknowledged(List<ProducerRecord<byte[], byte[]>> records)
            throws InterruptedException, ExecutionException {
        List<CompletableFuture<SendResult<byte[], byte[]>>> sent =
                records.stream().map(kafka::send).toList();
        for (CompletableFuture<SendResult<byte[], byte[]>> result : sent) {
            result.get();
        }
        return true;
    }

    private Optional<ConsumerRecord<byte[], byte[]>> openRecord(LetterShelf shelf, long offset) {
        return shelf.isOpen(offset) ? guard().repeatable(() -> shelf.record(offset)) : Optional.empty();
    }

    private List<ConsumerRecord<byte[], byte[]>> oldest(LetterShelf shelf, long last) {
        return guard().repeatable(() -> shelf.oldest(last, REPLAYED_AT_A_TIME));
    }

    private LetterShelf upToDate(String journal) {
        LetterShelf shelf = shelves.computeIfAbsent(
                journal, name -> new LetterShelf(name, JournalTopics.deadLetters(name), consumers));
        guard().repeatable(shelf::readOn);
        return shelf;
    }

    private Guard guard() {
        return guards.of("kafka");
    }
}
