package io.holdfast.journal.apply;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What the consumers of this instance have fetched last, of each partition. Spring hands records over one by one, for only then can one of
 * them go to a retry topic; here those that come behind it are seen, so that they can be applied together.
 */
public final class Fetched {

    /** Under this name a consumer's {@link Tap} finds where to note what it sees. */
    public static final String PROPERTY = "holdfast.journal.fetched";

    private final ConcurrentMap<TopicPartition, Fetch> latest = new ConcurrentHashMap<>();

    /** The records of the same fetch behind this one of which nothing is noted; none when they are not known. */
    List<ConsumerRecord<byte[], byte[]>> behind(ConsumerRecord<byte[], byte[]> kept) {
        return fetchOf(kept).map(fetch -> fetch.behind(kept.offset())).orElse(List.of());
    }

    /** Remembers what came of a record before it is handed over. */
    void note(ConsumerRecord<byte[], byte[]> kept, Applying<?> applied) {
        fetchOf(kept).ifPresent(fetch -> fetch.applied().put(kept.offset(), applied));
    }

    /** What came of a record when it was applied together with one before it. Fetched again, it is tried again. */
    Optional<Applying<?>> applied(ConsumerRecord<byte[], byte[]> kept) {
        return fetchOf(kept).map(fetch -> fetch.applied().remove(kept.offset()));
    }

    private Optional<Fetch> fetchOf(ConsumerRecord<byte[], byte[]> kept) {
        return Optional.ofNullable(latest.get(new TopicPartition(kept.topic(), kept.partition())))
                .filter(fetch -> fetch.holds(kept.offset()));
    }

    private void saw(ConsumerRecords<byte[], byte[]> records) {
        records.partitions()
                .forEach(partition -> latest.put(
                        partition, new Fetch(List.copyOf(records.records(partition)), new ConcurrentHashMap<>())));
    }

    /**
     * One fetch of a partition.
     *
     * @param records by ascending offset
     * @param applied by offset
     */
    private record Fetch(List<ConsumerRecord<byte[], byte[]>> records, ConcurrentMap<Long, Applying<?>> applied) {

        boolean holds(long offset) {
            return records.getFirst().offset() <= offset
                    && offset <= records.getLast().offset();
        }

        List<ConsumerRecord<byte[], byte[]>> behind(long offset) {
            return records.stream()
                    .filter(record -> record.offset() > offset && !applied.containsKey(record.offset()))
                    .toList();
        }
    }

    /** Kafka makes one for each consumer. */
    public static final class Tap implements ConsumerInterceptor<byte[], byte[]> {

        private Fetched fetched = new Fetched();

        @Override
        public void configure(Map<String, ?> properties) {
            if (properties.get(PROPERTY) instanceof Fetched shared) {
                fetched = shared;
            }
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            fetched.saw(records);
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
            // What was committed is of no interest here.
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
