package io.holdfast.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.journal.overlay.Overlays;
import io.holdfast.order.storing.JournaledOrder;

/** What an order-service answers while what it depends on is away, and that repeating with the key always leads to one order. */
@OnRealServers
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class OutageIT {

    private static final String LANTERNS = OrderClient.order("71053", 6, "3.39");
    private static final String SEVEN_LANTERNS = OrderClient.order("71053", 7, "3.39");

    private static final Duration LONGER_THAN_THE_GUARD_WAITS = ServiceUnderTest.TIMEOUT.multipliedBy(3);

    private final UUID anna = UUID.randomUUID();
    private final CreditServer credits = ServiceUnderTest.CREDITS;

    @Autowired
    private OrderClient client;

    @Autowired
    private CqlSession session;

    @Autowired
    private Overlays overlays;

    @BeforeEach
    void healthy() {
        credits.grant(anna, "100.00");
        ServiceUnderTest.awaitAnswer(() ->
                assertThat(client.get(anna, "/api/orders/" + anna).status()).isEqualTo(404));
    }

    @AfterEach
    void heal() {
        ServiceUnderTest.cassandra().resume();
        ServiceUnderTest.kafka().start();
        credits.decideAfter(Duration.ZERO);
        credits.answerAfter(Duration.ZERO);
        credits.start();
        UUID bert = UUID.randomUUID();
        credits.grant(bert, "100.00");
        ServiceUnderTest.awaitAnswer(
                () -> assertThat(client.place(bert, "probe", LANTERNS).status()).isEqualTo(201));
    }

    @Test
    void withoutUserServiceAnOrderIsTakenAndCompletedWhenItIsBack() {
        credits.stop();

        OrderClient.Answer taken = client.place(anna, "k-1", LANTERNS);

        assertTaken(taken, "PENDING", "user-service; mode=queued");
        assertThat(client.get(anna, taken.location()).body()).isEqualTo(taken.body());
        assertThat(client.list(anna, "").get("items").get(0)).isEqualTo(taken.body());
        assertThat(client.list(anna, "?status=PENDING").get("items")).hasSize(1);
        assertThat(client.list(anna, "?status=CONFIRMED").get("items")).isEmpty();
        credits.start();
        awaitConfirmed(taken.location());
        assertOneOrderOf("79.66");
        assertThat(client.list(anna, "?status=PENDING").get("items")).isEmpty();
    }

    @Test
    void aUserServiceThatCameBackDecidesTheFirstOrderAgain() throws Exception {
        List<Callable<OrderClient.Answer>> atOnce = Stream.of("k-1", "k-2", "k-3")
                .map(key -> (Callable<OrderClient.Answer>) () -> client.place(anna, key, LANTERNS))
                .toList();
        try (ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
            customers.invokeAll(atOnce);
        }
        credits.stop();
        credits.start();

        assertThat(client.place(anna, "k-4", LANTERNS).status())
                .as("no kept connection to the one that ended is used")
                .isEqualTo(201);
    }

    @Test
    void aReservationWhoseAnswerWasLostIsFoundAgainWithoutTheCustomer() {
        credits.answerAfter(LONGER_THAN_THE_GUARD_WAITS);

        OrderClient.Answer taken = client.place(anna, null, LANTERNS);

        assertTaken(taken, "PENDING", "user-service; mode=queued");
        assertThat(taken.key()).isNotBlank();
        assertThat(credits.available(anna)).as("reserved all the same").isEqualByComparingTo("79.66");
        credits.answerAfter(Duration.ZERO);
        awaitConfirmed(taken.location());
        assertOneOrderOf("79.66");
    }

    @Test
    void theKeyOfAnOrderThatWasTakenLeadsToItWhileItIsPendingAndAfterwards() {
        credits.stop();

        OrderClient.Answer taken = client.place(anna, "k-1", LANTERNS);
        OrderClient.Answer again = client.place(anna, "k-1", LANTERNS);
        OrderClient.Answer other = client.place(anna, "k-1", SEVEN_LANTERNS);

        assertThat(again.location()).isEqualTo(taken.location());
        assertThat(other.location()).as("who loses learns it there").isEqualTo(taken.location());
        assertThat(client.get(anna, taken.location()).body())
                .as("the first one counts")
                .isEqualTo(taken.body());
        credits.start();
        awaitConfirmed(taken.location());
        assertThat(client.get(anna, taken.location()).text("total")).isEqualTo(taken.text("total"));
        assertThat(repeated("k-1").location()).isEqualTo(taken.location());
        assertThat(client.place(anna, "k-1", SEVEN_LANTERNS).status()).isEqualTo(422);
        assertOneOrderOf("79.66");
    }

    @Test
    void withoutUserServiceAnOrderThatWasDecidedBeforeIsAnsweredAsItIs() {
        OrderClient.Answer placed = client.place(anna, "k-1", LANTERNS);
        assertThat(placed.status()).isEqualTo(201);
        credits.stop();

        OrderClient.Answer again = client.place(anna, "k-1", LANTERNS);

        assertThat(again.body()).isEqualTo(placed.body());
        assertThat(again.status() + " " + again.degraded()).isIn("201 null", "202 cassandra; mode=queued");
        // While the tables do not tell at once, as on a busy machine, it may be cancelled there: then it is a 202.
        assertThat(repeated("k-1").body()).isEqualTo(placed.body());
        assertThat(client.place(anna, "k-1", SEVEN_LANTERNS).status())
                .as("another body under its key")
                .isEqualTo(422);
        assertThat(client.get(anna, placed.location()).body()).isEqualTo(placed.body());
    }

    @Test
    void withoutCassandraAnOrderIsTakenAndShownFromTheJournalAndStandsInTheTablesLater() {
        loseCassandra();

        OrderClient.Answer taken = client.place(anna, "k-1", LANTERNS);

        assertTaken(taken, "CONFIRMED", "cassandra; mode=queued");
        OrderClient.Answer shown = client.get(anna, taken.location());
        assertThat(shown.body()).isEqualTo(taken.body());
        assertThat(shown.degraded()).isEqualTo("cassandra; mode=queued");
        assertThat(client.get(anna, "/api/orders/" + UUID.randomUUID()).status())
                .as("absence cannot be proven")
                .isEqualTo(503);
        ServiceUnderTest.cassandra().resume();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.get(anna, taken.location()).degraded() == null);
        assertThat(client.get(anna, taken.location()).body()).isEqualTo(taken.body());
        assertOneOrderOf("79.66");
    }

    @Test
    void withoutKafkaOrdersGoOnAndTheOutboxKeepsWhatTheJournalMisses() {
        ServiceUnderTest.kafka().kill();

        OrderClient.Answer first = client.place(anna, "k-1", LANTERNS);
        OrderClient.Answer second = client.place(anna, "k-2", LANTERNS);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text("status")).isEqualTo("CONFIRMED");
        assertThat(client.get(anna, second.location()).body()).isEqualTo(second.body());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> "kafka; mode=incomplete"
                        .equals(client.get(anna, second.location()).degraded()));
        assertThat(client.get(anna, "/api/users/" + anna + "/orders").degraded())
                .isEqualTo("kafka; mode=incomplete");
        assertThat(client.get(anna, "/api/orders/" + UUID.randomUUID()).status())
                .as("absence cannot be proven")
                .isEqualTo(503);
        assertThat(outbox(second.id())).containsExactlyInAnyOrder("PENDING", "CONFIRMED");
    }

    @Test
    void withoutKafkaAndUserServiceNothingIsTakenAndTheKeyLeadsToTheOrderLater() {
        ServiceUnderTest.kafka().kill();
        credits.stop();

        OrderClient.Answer away = client.place(anna, "k-1", LANTERNS);

        assertOutcomeUnknown(away, "k-1");
        credits.start();
        assertThat(repeated("k-1").text("status")).isEqualTo("CONFIRMED");
        assertOneOrderOf("79.66");
    }

    @Test
    void withoutCassandraAnOrderIsShownAsItWasLastKnownAndTheAnswerSaysSo() {
        OrderClient.Answer placed = repeated("k-1");
        // The journal holds it no longer.
        await().atMost(Duration.ofSeconds(10))
                .until(() -> overlays.of(JournaledOrder.ROWS)
                        .latest(placed.id().toString())
                        .isEmpty());
        loseCassandra();

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
    void aCancellationWithoutUserServiceStandsAndItsCreditIsReleasedLater() {
        OrderClient.Answer placed = client.place(anna, "k-1", LANTERNS);
        credits.stop();

        OrderClient.Answer cancelled = client.cancel(anna, placed.location());

        assertTaken(cancelled, "CANCELLED", "user-service; mode=queued");
        assertThat(client.get(anna, placed.location()).body()).isEqualTo(cancelled.body());
        String stored = "SELECT status FROM orders WHERE id = " + cancelled.id();
        assertThat(session.execute(stored).map(row -> row.getString(0))).containsExactly("CANCELLED");
        assertThat(credits.available(anna)).isEqualByComparingTo("79.66");
        credits.start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> credits.available(anna).compareTo(new BigDecimal("100")) == 0);
        assertThat(client.get(anna, placed.location()).body()).isEqualTo(cancelled.body());
        assertOneOrderOf("100");
    }

    private void loseCassandra() {
        ServiceUnderTest.cassandra().pause();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> client.get(anna, "/api/orders/" + anna).status() == 503);
    }

    private void awaitConfirmed(String location) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.get(anna, location).text("status").equals("CONFIRMED"));
    }

    private static void assertTaken(OrderClient.Answer answer, String status, String degraded) {
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("status")).isEqualTo(status);
        assertThat(answer.degraded()).isEqualTo(degraded);
        assertThat(answer.location()).isEqualTo("/api/orders/" + answer.id());
    }

    /** The statuses under which an order stands in the outbox. */
    private List<String> outbox(UUID id) {
        return session.execute("SELECT value FROM journal_outbox WHERE id = '%s' ALLOW FILTERING".formatted(id))
                .map(row -> JsonMapper.shared()
                        .readTree(String.valueOf(row.getString("value")))
                        .get("status")
                        .asString())
                .all();
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
