package io.holdfast.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.topic.JournalTopics;
import io.holdfast.local.fixture.LocalServers;

/** What a registration leaves in the table and in the journal, seen by somebody else. */
public final class Traces {

    private static final RecordFormat FORMAT = new RecordFormat("nobody");

    private Traces() {}

    /** What the journal has of a user now, oldest first. */
    public static List<JournalRecord<User>> journaled(UUID id) {
        String topic = JournalTopics.main(UserJournal.ROWS);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", LocalServers.shared().kafka().bootstrapServers(), "auto.offset.reset", "earliest");
        List<JournalRecord<User>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(kept -> records.add(FORMAT.read(UserJournal.ROWS, kept)));
            }
        }
        return records.stream()
                .filter(record -> record.id().equals(id.toString()))
                .toList();
    }

    /** The row of a user with the timestamp all its cells have; null when there is none. */
    public static @Nullable StampedUser row(CqlSession session, UUID id) {
        Row row = session.execute(
                        "SELECT id, user_name, email, password, country, created, WRITETIME(user_name) AS written,"
                                + " WRITETIME(email) AS w1, WRITETIME(password) AS w2, WRITETIME(country) AS w3,"
                                + " WRITETIME(created) AS w4 FROM users WHERE id = ?",
                        id)
                .one();
        if (row == null || row.isNull("user_name")) {
            return null;
        }
        long written = row.getLong("written");
        for (String column : List.of("w1", "w2", "w3", "w4")) {
            assertThat(row.isNull(column) ? written : row.getLong(column)).isEqualTo(written);
        }
        User user = new User(
                row.getUuid("id"),
                row.getString("user_name"),
                row.getString("email"),
                row.getString("password"),
                row.getString("country"),
                row.get("created", Instant.class));
        return new StampedUser(user, new Stamp(written));
    }

    /** The journal and the table hold the same user, cell by cell, under the same timestamp. */
    public static StampedUser agreeing(CqlSession session, UUID id) {
        StampedUser row = row(session, id);
        List<JournalRecord<User>> records = journaled(id);
        assertThat(row).isNotNull();
        assertThat(records)
                .isNotEmpty()
                .allSatisfy(record -> assertThat(new StampedUser(record.row(), record.stamp()))
                        .isEqualTo(row));
        return Objects.requireNonNull(row);
    }
}
