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

/** What an order-service answers while what it depends on is away, and that repeating with the key always leads to one order. */
@OnRealServers
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class OutageIT {

    private static final String LANTERNS = OrderClient.order("71053", 6, "3.39");

    private static final Duration LONGER_THAN_THE_GUARD_WAITS = ServiceUnderTest.TIMEOUT.multipliedBy(3);

    private final UUID anna = UUID.randomUUID();
    private final CreditServer credits = ServiceUnderTest.CREDITS;

    @Autowired
    private OrderClient client;

    @BeforeEach
    void healthy() {
        credits.grant(anna, "100.00");
        ServiceUnderTest.awaitAnswer(() ->
                assertThat(client.get(anna, "/api/orders/" + anna).status()).isEqualTo(404));
    }

    @AfterEach
    void heal() {
        ServiceUnderTest.cassandra().resume();
        credits.decideAfter(Duration.ZERO);
        credits.answerAfter(Duration.ZERO);
        credits.start();
        UUID bert = UUID.randomUUID();
        credits.grant(bert, "100.00");
        ServiceUnderTest.awaitAnswer(
                () -> assertThat(client.place(bert, "probe", LANTERNS).status()).isEqualTo(201));
    }

    @Test
    void withoutUserServiceNothingIsTakenAndTheKeyLeadsToTheOrderLater() {
        credits.stop();

        OrderClient.Answer away = client.place(anna, "k-1", LANTERNS);

        assertOutcomeUnknown(away, "k-1");
        assertThat(client.list(anna, "").get("items")).isEmpty();
        credits.start();
        assertThat(repeated("k-1").text("status")).isEqualTo("CONFIRMED");
        assertOneOrderOf("79.66");
    }

    @Test
    void aReservationWhoseAnswerWasLostIsFoundAgainByTheKey() {
        credits.answerAfter(LONGER_THAN_THE_GUARD_WAITS);

        OrderClient.Answer lost = client.place(anna, "k-1", LANTERNS);

        assertOutcomeUnknown(lost, "k-1");
        assertThat(credits.available(anna)).as("reserved all the same").isEqualByComparingTo("79.66");
        assertThat(client.list(anna, "").get("items")).isEmpty();
        credits.answerAfter(Duration.ZERO);
        assertThat(repeated("k-1").text("status")).isEqualTo("CONFIRMED");
        assertOneOrderOf("79.66");
    }

    @Test
    void aRequestWithoutAKeyIsToldOneToRepeatItWith() {
        credits.answerAfter(LONGER_THAN_THE_GUARD_WAITS);

        OrderClient.Answer lost = client.place(anna, null, LANTERNS);

        credits.answerAfter(Duration.ZERO);
        assertOutcomeUnknown(lost, lost.key());
        assertThat(repeated(lost.key()).text("status")).isEqualTo("CONFIRMED");
        assertOneOrderOf("79.66");
    }

    @Test
    void withoutCassandraAnOrderIsUnknownUntilItsKeyIsRepeated() {
        ServiceUnderTest.cassandra().pause();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> client.get(anna, "/api/orders/" + anna).status() == 503);

        OrderClient.Answer unknown = client.place(anna, "k-1", LANTERNS);

        assertOutcomeUnknown(unknown, "k-1");
        assertThat(client.get(anna, "/api/orders/" + UUID.randomUUID()).status())
                .as("absence cannot be proven")
                .isEqualTo(503);
        ServiceUnderTest.cassandra().resume();
        assertThat(repeated("k-1").text("status")).isEqualTo("CONFIRMED");
        assertOneOrderOf("79.66");
    }

    @Test
    void withoutCassandraAnOrderIsShownAsItWasLastKnownAndTheAnswerSaysSo() {
        OrderClient.Answer placed = client.place(anna, "k-1", LANTERNS);
        ServiceUnderTest.cassandra().pause();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> client.get(anna, "/api/orders/" + anna).status() == 503);

        OrderClient.Answer shown = client.get(anna, placed.location());

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body()).isEqualTo(placed.body());
        assertThat(shown.degraded()).isEqualTo("cassandra; mode=cached");
        assertThat(shown.age()).isBetween(0L, 60L);
        assertThat(client.get(UUID.randomUUID(), placed.location()).status())
                .as("somebody else asks")
                .isEqualTo(404);
        assertThat(client.cancel(anna, placed.location()).status())
                .as("nothing is decided on what may be old")
                .isEqualTo(503);
        ServiceUnderTest.cassandra().resume();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.get(anna, placed.location()).degraded() == null);
    }

    @Test
    void aCancellationWithoutUserServiceChangesNothingAndIsRepeated() {
        OrderClient.Answer placed = client.place(anna, "k-1", LANTERNS);
        credits.stop();

        OrderClient.Answer away = client.cancel(anna, placed.location());

        assertThat(away.status()).isEqualTo(503);
        assertThat(away.retryAfter()).isNotNull();
        assertThat(client.get(anna, placed.location()).text("status")).isEqualTo("CONFIRMED");
        credits.start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.cancel(anna, placed.location()).status() == 200);
        assertOneOrderOf("100");
    }

    private OrderClient.Answer repeated(String key) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> client.place(anna, key, LANTERNS), answer -> answer.status() == 201);
    }

    private static void assertOutcomeUnknown(OrderClient.Answer answer, String key) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.retryAfter()).isNotNull();
        assertThat(answer.key()).isEqualTo(key).isNotBlank();
        assertThat(answer.text("detail")).contains("at most once").contains("Idempotency-Key");
    }

    private void assertOneOrderOf(String available) {
        assertThat(client.list(anna, "").get("items")).hasSize(1);
        assertThat(credits.rows(anna)).isEqualTo(1);
        assertThat(credits.available(anna)).isEqualByComparingTo(available);
    }
}
