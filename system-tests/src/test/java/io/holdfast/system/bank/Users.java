package io.holdfast.system.bank;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All users of the platform.
 *
 * @param rows of the table, by id
 * @param records of the journal, by id
 * @param names whose each name is, in lower case
 */
record Users(Map<UUID, StoredUser> rows, Map<UUID, List<StoredUser>> records, Map<String, UUID> names) {

    static final String TOPIC = "journal.users";

    private static final List<String> CELLS = List.of("user_name", "email", "country", "created");

    /** Reads all of them. */
    static Users read(CqlSession cassandra, String kafka) {
        Map<UUID, StoredUser> rows = new HashMap<>();
        for (Row row : cassandra.execute("SELECT id, password, WRITETIME(password) AS written_password, "
                + String.join(", ", CELLS)
                + ", "
                + String.join(
                        ", ",
                        CELLS.stream()
                                .map(cell -> "WRITETIME(" + cell + ") AS written_" + cell)
                                .toList())
                + " FROM holdfast_users.users")) {
            // A row without a name marks a registration that was given up.
            if (!row.isNull("user_name")) {
                StoredUser user = user(row);
                rows.put(user.id(), user);
            }
        }
        Map<UUID, List<StoredUser>> records = new HashMap<>();
        TopicRecords.each(kafka, TOPIC, record -> {
            StoredUser user = user(record);
            records.computeIfAbsent(user.id(), id -> new ArrayList<>()).add(user);
        });
        Map<String, UUID> names = new HashMap<>();
        for (Row row : cassandra.execute("SELECT user_name, user_id FROM holdfast_users.user_names")) {
            if (!row.isNull("user_id")) {
                names.put(requireNonNull(row.getString("user_name")), requireNonNull(row.getUuid("user_id")));
            }
        }
        return new Users(rows, records, names);
    }

    private static StoredUser user(Row row) {
        Set<Long> written = new HashSet<>();
        CELLS.forEach(cell -> written.add(row.isNull("written_" + cell) ? -1L : row.getLong("written_" + cell)));
        if (!row.isNull("password")) {
            written.add(row.getLong("written_password"));
        }
        return new StoredUser(
                requireNonNull(row.getUuid("id")),
                requireNonNull(row.getString("user_name")),
                requireNonNullElse(row.getString("email"), ""),
                requireNonNullElse(row.getString("password"), ""),
                requireNonNullElse(row.getString("country"), ""),
                requireNonNullElse(row.getInstant("created"), Instant.EPOCH),
                written);
    }

    private static StoredUser user(ConsumerRecord<byte[], byte[]> record) {
        JsonNode row = JsonMapper.shared().readTree(record.value());
        return new StoredUser(
                UUID.fromString(row.path("id").asString()),
                row.path("userName").asString(),
                row.path("email").asString(),
                row.path("password").asString(""),
                row.path("country").asString(),
                Instant.parse(row.path("created").asString()),
                Set.of(Long.parseLong(TopicRecords.header(record, "journal-timestamp"))));
    }
}
