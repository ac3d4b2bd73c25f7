package io.holdfast.system.bank;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The journal of orders from its beginning, of some users: the records of each order as they stand there.
 *
 * @param records by the order's id
 */
record Journaled(Map<UUID, List<Entry>> records) {

    static final String TOPIC = "journal.orders";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /**
     * One record.
     *
     * @param order its write time is the record's timestamp
     * @param at partition, offset, and who wrote it
     */
    record Entry(StoredOrder order, String at) {

        long stamp() {
            return order.writeTimes().iterator().next();
        }

        boolean isDecided() {
            return !order.is(Status.PENDING);
        }
    }

    /** Reads to what is the end now. */
    static Journaled read(String kafka, Set<UUID> users) {
        Map<UUID, List<Entry>> records = new HashMap<>();
        TopicRecords.each(kafka, TOPIC, record -> {
            Entry entry = entry(record);
            if (users.contains(entry.order().userId())) {
                records.computeIfAbsent(entry.order().id(), id -> new ArrayList<>())
                        .add(entry);
            }
        });
        return new Journaled(records);
    }

    private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
        JsonNode row = JSON.readTree(record.value());
        String at = record.partition() + "@" + record.offset() + " by " + TopicRecords.header(record, "journal-node");
        long stamp = Long.parseLong(TopicRecords.header(record, "journal-timestamp"));
        return new Entry(order(row, stamp), at);
    }

    private static StoredOrder order(JsonNode row, long stamp) {
        List<String> items = new ArrayList<>();
        row.path("items")
                .forEach(item -> items.add(String.join(
                        " | ",
                        item.path("sku").asString(),
                        item.path("description").asString(),
                        item.path("quantity").asString(),
                        money(item.path("unitPrice")).toPlainString())));
        return new StoredOrder(
                UUID.fromString(row.path("id").asString()),
                UUID.fromString(row.path("userId").asString()),
                row.path("status").asString(),
                row.path("reason").asString(""),
                row.path("currency").asString(),
                money(row.path("total")),
                items,
                Instant.parse(row.path("placedAt").asString()),
                Instant.parse(row.path("changedAt").asString()),
                row.path("accepted").asLong(),
                row.path("bodyHash").asString(),
                Set.of(stamp));
    }

    private static BigDecimal money(JsonNode amount) {
        return amount.decimalValue();
    }
}
