package io.holdfast.journal.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalHeaders;

/** The records that are not applied yet, by where they stand, by the row's id and by key; bounded in number and size. */
final class HeldRecords {

    private static final long OVERHEAD = 400;

    private final OverlaySettings bounds;
    private final Map<TopicPartition, NavigableMap<Long, ConsumerRecord<byte[], byte[]>>> places = new HashMap<>();
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> byId = new HashMap<>();
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> byKey = new HashMap<>();
    private long bytes;
    private int count;

    HeldRecords(OverlaySettings bounds) {
        this.bounds = bounds;
    }

    /** One without an id was not appended by any journal, and so promises nothing to anybody. */
    synchronized void hold(ConsumerRecord<byte[], byte[]> record) {
        Optional<String> id = JournalHeaders.text(record.headers(), JournalHeaders.ID);
        if (id.isEmpty() || placesOf(record).putIfAbsent(record.offset(), record) != null) {
            return;
        }
        byId.computeIfAbsent(id.get(), key -> new ArrayList<>()).add(record);
        byKey.computeIfAbsent(keyOf(record), key -> new ArrayList<>()).add(record);
        bytes += size(record);
        count++;
    }

    /** Drops what stands before the offset. */
    synchronized void dropBefore(TopicPartition partition, long offset) {
        NavigableMap<Long, ConsumerRecord<byte[], byte[]>> held = places.get(partition);
        while (held != null && !held.isEmpty() && held.firstKey() < offset) {
            forget(held.pollFirstEntry().getValue());
        }
    }

    synchronized void drop(TopicPartition partition, long offset) {
        NavigableMap<Long, ConsumerRecord<byte[], byte[]>> held = places.get(partition);
        ConsumerRecord<byte[], byte[]> record = held == null ? null : held.remove(offset);
        if (record != null) {
            forget(record);
        }
    }

    synchronized List<ConsumerRecord<byte[], byte[]>> ofId(String id) {
        return List.copyOf(byId.getOrDefault(id, List.of()));
    }

    synchronized List<ConsumerRecord<byte[], byte[]>> ofKey(String key) {
        return List.copyOf(byKey.getOrDefault(key, List.of()));
    }

    synchronized boolean isFull() {
        return count >= bounds.records() || bytes >= bounds.memory().toBytes();
    }

    synchronized int size() {
        return count;
    }

    /** When the oldest record was appended. */
    synchronized Optional<Instant> oldest() {
        return places.values().stream()
                .filter(held -> !held.isEmpty())
                .map(held -> Instant.ofEpochMilli(held.firstEntry().getValue().timestamp()))
                .min(Instant::compareTo);
    }

    /** When the oldest record with such a stamp was appended. */
    synchronized Optional<Instant> oldest(Predicate<Stamp> which) {
        return places.values().stream()
                .flatMap(held -> held.values().stream())
                .filter(record ->
                        JournalHeaders.stamp(record.headers()).filter(which).isPresent())
                .map(record -> Instant.ofEpochMilli(record.timestamp()))
                .min(Instant::compareTo);
    }

    private void forget(ConsumerRecord<byte[], byte[]> record) {
        JournalHeaders.text(record.headers(), JournalHeaders.ID).ifPresent(id -> remove(byId, id, record));
        remove(byKey, keyOf(record), record);
        bytes -= size(record);
        count--;
    }

    private static void remove(
            Map<String, List<ConsumerRecord<byte[], byte[]>>> index,
            String name,
            ConsumerRecord<byte[], byte[]> record) {
        index.computeIfPresent(name, (key, records) -> {
            records.removeIf(one -> isAt(one, record));
            return records.isEmpty() ? null : records;
        });
    }

    private static boolean isAt(ConsumerRecord<byte[], byte[]> one, ConsumerRecord<byte[], byte[]> other) {
        return one.offset() == other.offset()
                && one.partition() == other.partition()
                && one.topic().equals(other.topic());
    }

    private NavigableMap<Long, ConsumerRecord<byte[], byte[]>> placesOf(ConsumerRecord<byte[], byte[]> record) {
        return places.computeIfAbsent(
                new TopicPartition(record.topic(), record.partition()), partition -> new TreeMap<>());
    }

    private static String keyOf(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), UTF_8);
    }

    private static long size(ConsumerRecord<byte[], byte[]> record) {
        return OVERHEAD + Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }
}
