package io.holdfast.system.observability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

import io.holdfast.system.Customer;
import io.holdfast.system.Door;
import io.holdfast.system.PlatformUnderTest;

/** Each alert about the journal fires when what it is about is done to the platform, and goes out when all is well again. */
@EnabledIf(
        value = "io.holdfast.system.PlatformUnderTest#isThorough",
        disabledReason = "takes minutes: runs with ./holdfast test --full")
class JournalAlertsIT extends WatchedPlatformUnderTest {

    private static final String LETTERS = "/api/dead-letters";

    @Test
    void aRecordThatNobodyCanReadIsReportedUntilItIsDiscarded() throws Exception {
        Door operator = PlatformUnderTest.operator();
        produce("garbage");

        // Its tries are a second, ten seconds and a minute apart.
        watched.fires("DeadLetters", "journal", "orders", ofMinutes(3), () -> {});

        for (JsonNode letter : operator.get(LETTERS + "?journal=orders").body().path("items")) {
            String door = LETTERS + "/" + letter.path("id").asString();
            assertThat(operator.get(door).text("text")).isEqualTo("garbage");
            assertThat(operator.send("DELETE", door, null, Map.of()).status()).isEqualTo(204);
        }
        watched.clears("DeadLetters", "journal", "orders", () -> {});
    }

    @Test
    void ordersThatWaitForADatabaseAreReportedUntilTheyAreDecidedAndApplied() {
        Customer customer = PlatformUnderTest.customer();
        watched.platform().kill("cassandra-1");
        try {
            watched.fires(
                    "JournalPaused", "service_instance", "order-service-1", () -> WatchedPlatform.place(customer));
            watched.fires("JournalNotApplied", "journal", "orders", () -> {});
            watched.fires("JournalExpires", "journal", "orders", () -> {});
            watched.fires("OrderPendingTooLong", "severity", "warning", () -> {});
        } finally {
            watched.platform().start("cassandra-1");
        }
        watched.clears("JournalPaused", "service_instance", "order-service-1", () -> {});
        watched.clears("JournalNotApplied", "journal", "orders", () -> {});
        watched.clears("JournalExpires", "journal", "orders", () -> {});
        watched.clears("OrderPendingTooLong", "severity", "warning", () -> {});
    }

    @Test
    void ordersThatWaitForKafkaAreReportedUntilTheyAreJournaled() {
        Customer customer = PlatformUnderTest.customer();
        watched.platform().kill("kafka-1");
        try {
            watched.fires("OverlayIncomplete", "journal", "orders", () -> {});
            watched.fires("OutboxNotEmptied", "service", "order-service", () -> WatchedPlatform.place(customer));
        } finally {
            watched.platform().start("kafka-1");
        }
        watched.clears("OverlayIncomplete", "journal", "orders", () -> {});
        // Its minute has to be over, and settled.
        watched.clears("OutboxNotEmptied", "service", "order-service", ofMinutes(4), () -> {});
    }

    /** Straight onto the topic, as none of ours would. */
    private static void produce(String value) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of("bootstrap.servers", watched.endpoint("kafka-1"));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("journal.orders", value.getBytes(UTF_8)))
                    .get();
        }
    }
}
