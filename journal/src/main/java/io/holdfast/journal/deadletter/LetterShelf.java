package io.holdfast.journal.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import io.holdfast.journal.record.JournalHeaders;

/** The open dead letters of one journal, as far as they have been read; what comes later is read when somebody looks. */
final class LetterShelf {

    /** Of more, the newest are kept; the older ones come into sight when half of these are settled. */
    static final int MOST = 10_000;

    private static final Duration POLL = Duration.ofMillis(200);

    private final String journal;
    private final TopicPartition partition;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final ConcurrentSkipListMap<Long, DeadLetter> open = new ConcurrentSkipListMap<>();
    /** By offset. A letter that is read again must not be open again. */
    private final BitSet settled = new BitSet();

    private long next;
    private long inSightFrom;

    LetterShelf(String journal, String topic, Supplier<Consumer<byte[], byte[]>> consumers) {
        this.journal = journal;
        this.partition = new TopicPartition(topic, 0);
        this.consumers = consumers;
    }

    String journal() {
        return journal;
    }

    String topic() {
        return partition.topic();
    }

    int size() {
        return open.size();
    }

    boolean isOpen(long offset) {
        return open.containsKey(offset);
    }

    /** The offset of the newest one; -1 when none is open. */
    long last() {
        Map.Entry<Long, DeadLetter> newest = open.lastEntry();
        return newest == null ? -1 : newest.getKey();
    }

    /** Its mark is in the topic. */
    void settled(long offset) {
        synchronized (settled) {
            settled.set(Math.toIntExact(offset));
        }
        open.remove(offset);
    }

    private boolean isSettled(long offset) {
        synchronized (settled) {
            return settled.get(Math.toIntExact(offset));
        }
    }

    List<DeadLetter> newest(long before, int limit) {
        return open.headMap(before).values().stream()
                .sorted(Comparator.comparingLong(DeadLetter::offset).reversed())
                .limit(limit)
                .toList();
    }

    /** Reads on to the end of the topic, and forgets what the topic has forgotten. */
    synchronized void readOn() {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            if (consumer.partitionsFor(topic()).isEmpty()) {
                // Nobody has made this journal yet. Asking for offsets would wait for it.
                return;
            }
            consumer.assign(List.of(partition));
            long first = first(consumer);
            open.headMap(first).clear();
            if (first < inSightFrom && open.size() <= MOST / 2) {
                readOlder(consumer, first);
            }
            next = Math.max(next, first);
            consumer.seek(partition, next);
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(POLL).forEach(this::take);
                next = consumer.position(partition);
            }
        }
    }

    private void readOlder(Consumer<byte[], byte[]> consumer, long first) {
        NavigableMap<Long, DeadLetter> older = new TreeMap<>();
        int room = MOST - open.size();
        long from = first;
        consumer.seek(partition, first);
        while (consumer.position(partition) < inSightFrom) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < inSightFrom
                        && JournalHeaders.settledBy(record).isEmpty()
                        && !isSettled(record.offset())) {
                    older.put(record.offset(), Letters.read(journal, record));
                    from = older.size() > room ? older.pollFirstEntry().getKey() + 1 : from;
                }
            }
        }
        open.putAll(older);
        inSightFrom = from;
        // Somebody may have settled one that was read before.
        older.keySet().stream().filter(this::isSettled).forEach(open::remove);
    }

    /** The record of a letter. */
    Optional<ConsumerRecord<byte[], byte[]>> record(long offset) {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.assign(List.of(partition));
            if (offset < first(consumer)) {
                return Optional.empty();
            }
            consumer.seek(partition, offset);
            while (consumer.position(partition) <= offset) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    return record.offset() == offset ? Optional.of(record) : Optional.empty();
                }
            }
            return Optional.empty();
        }
    }

    /**
     * The records of the oldest open letters.
     *
     * @param last the offset of the last one that may be among them
     */
    List<ConsumerRecord<byte[], byte[]>> oldest(long last, int most) {
        Map.Entry<Long, DeadLetter> oldest = open.firstEntry();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        if (oldest == null) {
            return records;
        }
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, Math.max(oldest.getKey(), first(consumer)));
            while (records.size() < most && consumer.position(partition) <= last) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (isOpen(record.offset()) && record.offset() <= last && records.size() < most) {
                        records.add(record);
                    }
                }
            }
        }
        return records;
    }

    private long first(Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> firsts = consumer.beginningOffsets(List.of(partition));
        return firsts.getOrDefault(partition, 0L);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Optional<Long> settled = JournalHeaders.settledBy(record);
        if (settled.isPresent()) {
            settled(settled.get());
        } else {
            put(record);
        }
    }

    private void put(ConsumerRecord<byte[], byte[]> record) {
        open.put(record.offset(), Letters.read(journal, record));
        if (open.size() > MOST) {
            inSightFrom = open.pollFirstEntry().getKey() + 1;
        }
    }
}
