package io.holdfast.order.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.record.StoredRecord;
import io.holdfast.order.OnRealServers;
import io.holdfast.order.Order;
import io.holdfast.order.ServiceUnderTest;
import io.holdfast.order.SomeOrders;
import io.holdfast.order.storing.OrderTables;
import io.holdfast.order.storing.WrittenElsewhere;

/** What becomes of a record of {@code journal.orders} that cannot be applied, until the operator has settled it. */
@OnRealServers
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
@TestPropertySource(properties = "holdfast.journal.apply.retry-delays=100ms,300ms")
@ExtendWith(OutputCaptureExtension.class)
class DeadLettersOfOrdersIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TABLE = "holdfast_orders.order_months";

    private final UUID anna = UUID.randomUUID();

    @Autowired
    private OrderTables tables;

    @Autowired
    private MeterRegistry meters;

    @LocalServerPort
    private int port;

    @BeforeEach
    void ready() {
        ServiceUnderTest.awaitAnswer(() -> tables.find(anna));
        ServiceUnderTest.awaitAnswer(
                () -> assertThat(call(HttpMethod.GET, "?limit=1").status()).isEqualTo(200));
    }

    @Test
    void aRecordThatCannotBeReadIsALetterUntilItIsDiscardedAndHoldsUpNobody(CapturedOutput log) {
        double givenUp = givenUp();
        StoredRecord broken = written(
                SomeOrders.pending(anna, UUID.randomUUID(), SomeOrders.ACCEPTED).confirmed());
        Order behind =
                SomeOrders.pending(anna, UUID.randomUUID(), SomeOrders.ACCEPTED).confirmed();

        produce(broken, "{\"total\": ");
        produce(written(behind), null);

        await().atMost(SOON).until(() -> tables.find(behind.id()).isPresent());
        String first = awaitLetterOf(broken);
        await("the meter").atMost(SOON).until(() -> open() == listed());
        assertThat(open()).isPositive();
        await("the counter").atMost(SOON).until(() -> givenUp() == givenUp + 1);
        await("the entry in the log").atMost(SOON).until(() -> timesLogged(log, broken) == 1);
        JsonNode letter = call(HttpMethod.GET, "/" + first).body();
        assertThat(letter.get("text").asString()).isEqualTo("{\"total\": ");
        assertThat(letter.get("key").asString()).isEqualTo(anna.toString());
        assertThat(letter.get("from").asString()).matches("journal\\.orders-\\d+@\\d+");
        assertThat(letter.get("reason").asString()).contains("cannot be read as order version 1");

        assertThat(call(HttpMethod.POST, "/" + first + "/replays").status()).isEqualTo(200);

        assertThat(call(HttpMethod.GET, "/" + first).status()).isEqualTo(404);
        String again = awaitLetterOf(broken);
        assertThat(again).isNotEqualTo(first);
        await("an entry for each letter").atMost(SOON).until(() -> timesLogged(log, broken) == 2);

        assertThat(call(HttpMethod.DELETE, "/" + again).status()).isEqualTo(204);

        assertThat(call(HttpMethod.GET, "/" + again).status()).isEqualTo(404);
        assertThat(letterOf(broken)).isNull();
        await("the meter").atMost(SOON).until(() -> open() == listed());
        assertThat(timesLogged(log, broken)).isEqualTo(2);
        assertThat(log.getOut())
                .containsOnlyOnce("dead_letter_replayed id=" + first + " by=operator")
                .containsOnlyOnce("dead_letter_discarded id=" + again + " by=operator");
    }

    @Test
    void aRecordIsAppliedByAReplayOnceItsTableIsThereAgain() {
        Order order =
                SomeOrders.pending(anna, UUID.randomUUID(), SomeOrders.ACCEPTED).confirmed();
        StoredRecord record = written(order);
        try (CqlSession cassandra = CqlSession.builder()
                .addContactPoint(ServiceUnderTest.cassandra().address())
                .withLocalDatacenter(ServiceUnderTest.cassandra().datacenter())
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, SOON)
                        .build())
                .build()) {
            String definition = requireNonNull(
                    requireNonNull(cassandra.execute("DESCRIBE TABLE " + TABLE).one())
                            .getString("create_statement"));
            try {
                cassandra.execute("DROP TABLE " + TABLE);
                produce(record, null);
                awaitLetterOf(record);
            } finally {
                cassandra.execute(definition);
            }
        }

        assertThat(call(HttpMethod.POST, "/replays").body().get("replayed").asInt())
                .isPositive();

        await().atMost(SOON)
                .until(() -> tables.ofUser(anna, null, null, 10).orders().contains(order));
        assertThat(letterOf(record)).isNull();
    }

    /** A record of another instance: what this one wrote itself it would not apply. */
    private static StoredRecord written(Order order) {
        return new RecordFormat("order-service-2").write(WrittenElsewhere.record(order), "journal.orders");
    }

    private static void produce(StoredRecord record, @Nullable String instead) {
        ProducerRecord<byte[], byte[]> produced = new ProducerRecord<>(
                record.topic(),
                record.key().getBytes(UTF_8),
                (instead == null ? record.value() : instead).getBytes(UTF_8));
        record.headers().forEach((name, text) -> produced.headers().add(name, text.getBytes(UTF_8)));
        Map<String, Object> settings =
                Map.of("bootstrap.servers", ServiceUnderTest.kafka().bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(produced).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private String awaitLetterOf(StoredRecord record) {
        return requireNonNull(await().atMost(SOON).until(() -> letterOf(record), id -> id != null));
    }

    private @Nullable String letterOf(StoredRecord record) {
        for (JsonNode letter :
                call(HttpMethod.GET, "?journal=orders&limit=100").body().get("items")) {
            if (letter.get("rowId").asString().equals(record.headers().get("journal-id"))) {
                return letter.get("id").asString();
            }
        }
        return null;
    }

    private static long timesLogged(CapturedOutput log, StoredRecord record) {
        return Pattern.compile(
                        "journal_dead_letter [^\n]*id=" + record.headers().get("journal-id"))
                .matcher(log.getAll())
                .results()
                .count();
    }

    private double open() {
        return meters.get("holdfast.journal.dead.letters")
                .tag("journal", "orders")
                .gauge()
                .value();
    }

    private double listed() {
        return call(HttpMethod.GET, "?journal=orders&limit=100")
                .body()
                .get("items")
                .size();
    }

    private double givenUp() {
        return meters.counter("holdfast.journal.given.up", "topic", "journal.orders-dlt")
                .count();
    }

    private record Answer(int status, JsonNode body) {}

    private Answer call(HttpMethod method, String rest) {
        EntityExchangeResult<String> result = RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
                .baseUrl("http://127.0.0.1:" + port)
                .build()
                .method(method)
                .uri("/api/dead-letters" + rest)
                .headers(all -> all.setBearerAuth(ServiceUnderTest.TOKENS.operator()))
                .exchange()
                .returnResult(String.class);
        String body = result.getResponseBody();
        return new Answer(result.getStatus().value(), JsonMapper.shared().readTree(body == null ? "null" : body));
    }
}
