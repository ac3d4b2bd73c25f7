package io.holdfast.journal.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import io.holdfast.journal.record.JournalHeaders;

class HeldRecordsTest {

    private static final String MAIN = "journal.notes";
    private static final String RETRY = "journal.notes-retry-0";

    private final HeldRecords held = new HeldRecords(settings(3));

    @Test
    void aRecordIsFoundByIdAndKeyUntilItsOffsetIsApplied() {
        ConsumerRecord<byte[], byte[]> first = record(MAIN, 0, "a");
        ConsumerRecord<byte[], byte[]> second = record(MAIN, 1, "a");
        held.hold(first);
        held.hold(second);
        held.hold(second);

        assertThat(held.size()).isEqualTo(2);
        assertThat(held.ofId("a")).isEqualTo(List.of(first, second));
        assertThat(held.ofKey("user-1")).isEqualTo(List.of(first, second));

        held.dropBefore(new TopicPartition(MAIN, 0), 1);

        assertThat(held.ofId("a")).isEqualTo(List.of(second));
        held.dropBefore(new TopicPartition(MAIN, 0), 2);
        assertThat(held.ofId("a")).isEmpty();
        assertThat(held.ofKey("user-1")).isEmpty();
        assertThat(held.size()).isZero();
    }

    @Test
    void aRecordThatMovedOnIsHeldInItsNewPlace() {
        ConsumerRecord<byte[], byte[]> moved = record(RETRY, 7, "a");
        held.hold(record(MAIN, 0, "a"));
        held.hold(moved);

        held.dropBefore(new TopicPartition(MAIN, 0), 100);

        assertThat(held.ofId("a")).isEqualTo(List.of(moved));
        held.drop(new TopicPartition(RETRY, 0), 7);
        held.drop(new TopicPartition(RETRY, 0), 7);
        assertThat(held.size()).isZero();
    }

    @Test
    void whatNoJournalWroteIsNotHeld() {
        held.hold(new ConsumerRecord<>(MAIN, 0, 0, "user-1".getBytes(UTF_8), "garbage".getBytes(UTF_8)));

        assertThat(held.size()).isZero();
    }

    @Test
    void itIsFullByNumberOrBySize() {
        held.hold(record(MAIN, 0, "a"));
        held.hold(record(MAIN, 1, "b"));
        assertThat(held.isFull()).isFalse();
        held.hold(record(MAIN, 2, "c"));
        assertThat(held.isFull()).isTrue();
        held.dropBefore(new TopicPartition(MAIN, 0), 1);
        assertThat(held.isFull()).isFalse();

        HeldRecords small = new HeldRecords(new OverlaySettings(
                1_000, DataSize.ofBytes(2_000), Duration.ofSeconds(1), 0, Duration.ZERO, Duration.ofSeconds(1)));
        for (int offset = 0; offset < 5; offset++) {
            small.hold(record(MAIN, offset, "a"));
        }
        assertThat(small.isFull()).isTrue();
    }

    @Test
    void theOldestTellsSinceWhenSomethingWaits() {
        assertThat(held.oldest()).isEmpty();
        held.hold(record(MAIN, 5, "a"));
        held.hold(record(RETRY, 0, "b"));

        // The records of this test carry their offset as their time.
        assertThat(held.oldest()).contains(Instant.ofEpochMilli(0));
    }

    private static OverlaySettings settings(int records) {
        return new OverlaySettings(
                records, DataSize.ofMegabytes(1), Duration.ofSeconds(1), 0, Duration.ZERO, Duration.ofSeconds(1));
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, long offset, String id) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                topic,
                0,
                offset,
                offset,
                TimestampType.CREATE_TIME,
                6,
                2,
                "user-1".getBytes(UTF_8),
                "{}".getBytes(UTF_8),
                new RecordHeaders(),
                Optional.empty());
        JournalHeaders.put(record.headers(), JournalHeaders.ID, id);
        return record;
    }
}
