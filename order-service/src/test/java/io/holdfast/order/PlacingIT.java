package io.holdfast.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Orders placed, read and cancelled through the doors of the whole service, on real Cassandra. */
@OnRealServers
class PlacingIT {

    private final UUID anna = UUID.randomUUID();

    @Autowired
    private OrderClient client;

    @Autowired
    private CqlSession session;

    @BeforeEach
    void giveAnnaCredit() {
        ServiceUnderTest.CREDITS.grant(anna, "100.00");
        ServiceUnderTest.awaitAnswer(() ->
                assertThat(client.get(anna, "/api/orders/" + anna).status()).isEqualTo(404));
    }

    @Test
    void anOrderIsReadAsItWasPlacedById() {
        OrderClient.Answer placed = client.place(anna, "k-1", OrderClient.order("A", 2, "2.5"));

        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.text("status")).isEqualTo("CONFIRMED");
        assertThat(client.get(anna, placed.location()).body()).isEqualTo(placed.body());
        assertThat(client.list(anna, "").get("items").get(0)).isEqualTo(placed.body());
        assertThat(ServiceUnderTest.CREDITS.available(anna)).isEqualByComparingTo("95");
    }

    @Test
    void anOrderBeyondTheCreditIsRejectedAndTakesNothing() {
        OrderClient.Answer placed = client.place(anna, "k-1", OrderClient.order("A", 3, "33.34"));

        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.text("status")).isEqualTo("REJECTED");
        assertThat(placed.text("reason")).isEqualTo("CREDIT_TOO_SMALL");
        assertThat(client.get(anna, placed.location()).body()).isEqualTo(placed.body());
        assertThat(ServiceUnderTest.CREDITS.available(anna)).isEqualByComparingTo("100");
        assertThat(client.cancel(anna, placed.location()).status()).isEqualTo(409);
    }

    @Test
    void cancellingGivesTheCreditBack() {
        OrderClient.Answer placed = client.place(anna, "k-1", OrderClient.order("A", 2, "2.5"));

        OrderClient.Answer cancelled = client.cancel(anna, placed.location());

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
        assertThat(client.get(anna, placed.location()).body()).isEqualTo(cancelled.body());
        assertThat(client.cancel(anna, placed.location()).body()).isEqualTo(cancelled.body());
        assertThat(client.list(anna, "?status=CANCELLED").get("items").get(0)).isEqualTo(cancelled.body());
        assertThat(client.list(anna, "?status=CONFIRMED").get("items")).isEmpty();
        assertThat(ServiceUnderTest.CREDITS.available(anna)).isEqualByComparingTo("100");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSameKeyAndBodyIsTheSameOrderAndTheSameAnswer(boolean creditKeepsAcceptance) {
        ServiceUnderTest.CREDITS.keepAcceptance(creditKeepsAcceptance);
        try {
            OrderClient.Answer first = client.place(anna, "k-1", OrderClient.order("A", 2, "2.5"));

            OrderClient.Answer second = client.place(anna, "k-1", OrderClient.order("A", 2, "2.500"));

            assertThat(second.withoutIncomplete()).isEqualTo(first);
            assertThat(client.list(anna, "").get("items")).hasSize(1);
            assertThat(ServiceUnderTest.CREDITS.available(anna)).isEqualByComparingTo("95");
        } finally {
            ServiceUnderTest.CREDITS.keepAcceptance(true);
        }
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefusedAndChangesNothing() {
        OrderClient.Answer first = client.place(anna, "k-1", OrderClient.order("A", 2, "2.5"));

        OrderClient.Answer second = client.place(anna, "k-1", OrderClient.order("A", 3, "2.5"));

        assertThat(second.status()).isEqualTo(422);
        assertThat(second.body().get("errors").get(0).get("field").asString()).isEqualTo("Idempotency-Key");
        assertThat(client.get(anna, first.location()).body()).isEqualTo(first.body());
        assertThat(ServiceUnderTest.CREDITS.available(anna)).isEqualByComparingTo("95");
    }

    @Test
    void theSameKeyTwentyTimesAtOnceIsOneOrderAndOneReservation() throws Exception {
        Callable<OrderClient.Answer> request = () -> client.place(anna, "k-1", OrderClient.order("A", 2, "2.5"));
        Set<OrderClient.Answer> answers = new HashSet<>();

        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<OrderClient.Answer> answer : clients.invokeAll(
                    IntStream.range(0, 20).mapToObj(i -> request).toList())) {
                answers.add(answer.get().withoutIncomplete());
            }
        }

        assertThat(answers).hasSize(1).allMatch(answer -> answer.status() == 201);
        assertThat(client.list(anna, "").get("items")).hasSize(1);
        assertThat(ServiceUnderTest.CREDITS.rows(anna)).isEqualTo(1);
        assertThat(ServiceUnderTest.CREDITS.available(anna)).isEqualByComparingTo("95");
    }

    @Test
    void aRepeatedRequestDoesNotUndoACancellation() {
        OrderClient.Answer placed = client.place(anna, "k-1", OrderClient.order("A", 2, "2.5"));
        OrderClient.Answer cancelled = client.cancel(anna, placed.location());

        OrderClient.Answer repeated = client.place(anna, "k-1", OrderClient.order("A", 2, "2.5"));

        assertThat(repeated.status()).isEqualTo(201);
        assertThat(repeated.body()).isEqualTo(cancelled.body());
        assertThat(client.get(anna, placed.location()).body()).isEqualTo(cancelled.body());
        assertThat(ServiceUnderTest.CREDITS.available(anna)).isEqualByComparingTo("100");
    }

    @Test
    void anOrderInAnotherCurrencyOrForNobodyIsRefused() {
        String euros = OrderClient.order("A", 2, "2.5").replace("GBP", "EUR");

        OrderClient.Answer other = client.place(anna, "k-1", euros);
        OrderClient.Answer nobodys = client.place(UUID.randomUUID(), "k-1", OrderClient.order("A", 2, "2.5"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body().get("errors").get(0).get("field").asString()).isEqualTo("currency");
        assertThat(nobodys.status()).isEqualTo(422);
        assertThat(client.list(anna, "").get("items")).isEmpty();
    }

    @Test
    void theLargestOrderThatTheDoorLetsInIsTaken() {
        String item =
                "{\"sku\":\"A\",\"description\":\"%s\",\"quantity\":1,\"unitPrice\":0.001},".formatted("ä".repeat(74));
        String items = item.repeat(5_000);
        String body = "{\"currency\":\"GBP\",\"items\":[" + items.substring(0, items.length() - 1) + "]}";

        OrderClient.Answer placed = client.place(anna, "k-1", body);

        assertThat(placed.status()).isEqualTo(201);
        assertThat(client.get(anna, placed.location()).body().get("items")).hasSize(5_000);
    }

    @Test
    void bothTablesAreWrittenUnderTheStampOfTheAcceptanceRaisedByTheRank() {
        UUID id = client.place(anna, "k-1", OrderClient.order("A", 2, "2.5")).id();
        long confirmed = stampOf("orders WHERE id = " + id);
        assertThat(confirmed % 4).isEqualTo(1);

        client.cancel(anna, "/api/orders/" + id);

        for (String where : List.of(
                "orders WHERE id = " + id,
                "orders_by_user WHERE user_id = " + anna + " AND month = "
                        + LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMM")))) {
            assertThat(stampOf(where)).isEqualTo(confirmed + 1);
        }
    }

    private long stampOf(String where) {
        Row row = session.execute(
                        "SELECT accepted, writetime(status) AS status, writetime(items) AS items FROM " + where)
                .one();
        assertThat(row).isNotNull();
        assertThat(row.getLong("items")).isEqualTo(row.getLong("status"));
        assertThat(row.getLong("status") / 4).isEqualTo(row.getLong("accepted") / 4);
        return row.getLong("status");
    }
}
