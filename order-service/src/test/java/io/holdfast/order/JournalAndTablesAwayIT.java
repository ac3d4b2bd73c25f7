package io.holdfast.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;

/** Orders while Kafka and Cassandra are away together, or one right after the other. */
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
@OnRealServers
class JournalAndTablesAwayIT {

    private static final String LANTERNS = OrderClient.order("71053", 6, "3.39");

    private final UUID anna = UUID.randomUUID();
    private final CreditServer credits = ServiceUnderTest.CREDITS;

    @Autowired
    private OrderClient client;

    @BeforeEach
    void healthy() {
        credits.grant(anna, "100.00");
        awaitTables();
    }

    @AfterEach
    void heal() {
        ServiceUnderTest.cassandra().resume();
        ServiceUnderTest.kafka().start();
        UUID bert = UUID.randomUUID();
        credits.grant(bert, "100.00");
        ServiceUnderTest.awaitAnswer(
                () -> assertThat(client.place(bert, "probe", LANTERNS).status()).isEqualTo(201));
    }

    @Test
    void whileBothAreAwayNothingIsTakenAndTheKeyLeadsToTheOrderLater() {
        ServiceUnderTest.kafka().kill();
        loseCassandra();

        OrderClient.Answer unknown = client.place(anna, "k-1", LANTERNS);

        assertThat(unknown.status()).isEqualTo(503);
        assertThat(unknown.key()).isEqualTo("k-1");
        assertThat(unknown.text("detail")).contains("at most once").contains("Idempotency-Key");
        ServiceUnderTest.cassandra().resume();
        ServiceUnderTest.kafka().start();
        awaitTables();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.place(anna, "k-1", LANTERNS).status() == 201);
        assertOneOrder();
    }

    @Test
    void aKafkaThatIsBackTakesOrdersAtOnceWhenCassandraGoes() {
        ServiceUnderTest.kafka().kill();
        assertThat(client.place(anna, "k-1", LANTERNS).status()).isEqualTo(201);
        ServiceUnderTest.kafka().start();
        loseCassandra();

        OrderClient.Answer taken = client.place(anna, "k-1", LANTERNS);

        assertThat(taken.status()).isEqualTo(202);
        assertThat(taken.text("status")).isEqualTo("CONFIRMED");
        ServiceUnderTest.cassandra().resume();
        awaitTables();
        assertOneOrder();
    }

    private void loseCassandra() {
        ServiceUnderTest.cassandra().pause();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> client.get(anna, "/api/orders/" + anna).status() == 503);
    }

    private void awaitTables() {
        ServiceUnderTest.awaitAnswer(() ->
                assertThat(client.get(anna, "/api/orders/" + anna).status()).isEqualTo(404));
    }

    private void assertOneOrder() {
        assertThat(client.list(anna, "").get("items")).hasSize(1);
        assertThat(credits.rows(anna)).isEqualTo(1);
        assertThat(credits.available(anna)).isEqualByComparingTo("79.66");
    }
}
