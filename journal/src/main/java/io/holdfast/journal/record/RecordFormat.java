package io.holdfast.journal.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.holdfast.journal.clock.Stamp;

/**
 * How a record is written: the row as JSON in the value, all else as text in headers. {@code docs/journal.md} shows it byte for byte.
 * Reads its own version and the one before.
 */
public final class RecordFormat {

    static final int VERSION = 1;

    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            // Money comes back as it was written, with all its decimals.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private final String node;
    private final int version;

    /**
     * The form of this version.
     *
     * @param node the instance that writes
     */
    public RecordFormat(String node) {
        this(node, VERSION);
    }

    RecordFormat(String node, int version) {
        this.node = node;
        this.version = version;
    }

    /** The record as it is kept, for the given topic. */
    public StoredRecord write(JournalRecord<?> record, String topic) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(JournalHeaders.VERSION, Integer.toString(version));
        headers.put(JournalHeaders.ID, record.id());
        headers.put(JournalHeaders.OPERATION, record.operation().name());
        headers.put(JournalHeaders.ROW, record.type().name());
        headers.put(JournalHeaders.ROW_VERSION, Integer.toString(record.type().version()));
        headers.put(JournalHeaders.TIMESTAMP, Long.toString(record.stamp().microseconds()));
        headers.put(JournalHeaders.NODE, node);
        return new StoredRecord(topic, record.key(), headers, json.writeValueAsString(record.row()));
    }

    /**
     * The record that was written.
     *
     * @throws UnreadableRecordException when it is none, of another kind, or of a version that is too new or too old
     */
    public <T> JournalRecord<T> read(RowType<T> type, ConsumerRecord<byte[], byte[]> kept) {
        Headers headers = kept.headers();
        refuseVersion("The record", number(headers, JournalHeaders.VERSION), version);
        String kind = header(headers, JournalHeaders.ROW);
        if (!kind.equals(type.name())) {
            throw new UnreadableRecordException(
                    "The record holds a row of kind '%s', not '%s'".formatted(kind, type.name()));
        }
        int written = (int) number(headers, JournalHeaders.ROW_VERSION);
        refuseVersion("The row", written, type.version());
        byte[] key = kept.key();
        byte[] value = kept.value();
        if (key == null || value == null) {
            throw new UnreadableRecordException("The record has no " + (key == null ? "key" : "value"));
        }
        try {
            return new JournalRecord<>(
                    type,
                    new String(key, UTF_8),
                    header(headers, JournalHeaders.ID),
                    Operation.valueOf(header(headers, JournalHeaders.OPERATION)),
                    row(type, written, value),
                    new Stamp(number(headers, JournalHeaders.TIMESTAMP)));
        } catch (IllegalArgumentException invalid) {
            throw new UnreadableRecordException("A header of the record has a value that cannot be");
        }
    }

    private <T> T row(RowType<T> type, int written, byte[] value) {
        @Nullable T row;
        try {
            JsonNode tree = json.readTree(value);
            if (!(tree instanceof ObjectNode object)) {
                throw new UnreadableRecordException("The row is no JSON object");
            }
            ObjectNode current =
                    written == type.version() ? object : type.fromPrevious().apply(object);
            row = json.treeToValue(current, type.row());
        } catch (JacksonException unreadable) {
            // What Jackson says quotes the row.
            throw new UnreadableRecordException("The row cannot be read as %s version %d (%s)"
                    .formatted(
                            type.name(), type.version(), unreadable.getClass().getSimpleName()));
        }
        if (row == null) {
            throw new UnreadableRecordException("The row is null");
        }
        return row;
    }

    private static void refuseVersion(String what, long written, int own) {
        if (written < 1 || written > own || written < own - 1L) {
            throw new UnreadableRecordException("%s has version %d; this instance reads %s"
                    .formatted(what, written, own == 1 ? "1" : (own - 1) + " and " + own));
        }
    }

    private static long number(Headers headers, String name) {
        try {
            return Long.parseLong(header(headers, name));
        } catch (NumberFormatException notOne) {
            throw new UnreadableRecordException("The header " + name + " is no number");
        }
    }

    private static String header(Headers headers, String name) {
        return JournalHeaders.text(headers, name)
                .orElseThrow(() -> new UnreadableRecordException("The header " + name + " is missing"));
    }
}
