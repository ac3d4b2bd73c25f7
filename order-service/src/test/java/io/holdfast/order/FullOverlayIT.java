package io.holdfast.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.overlay.Overlay;
import io.holdfast.journal.pause.WritePauses;
import io.holdfast.order.storing.JournaledOrder;
import io.holdfast.order.storing.OrderJournal;

/** More waits in the journal than the instance holds of it. */
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
@OnRealServers
@TestPropertySource(properties = "holdfast.journal.overlay.records=1")
@DirtiesContext
class FullOverlayIT {

    private static final String LANTERNS = OrderClient.order("71053", 6, "3.39");

    private final UUID anna = UUID.randomUUID();
    private final CreditServer credits = ServiceUnderTest.CREDITS;

    @Autowired
    private OrderClient client;

    @Autowired
    private Overlay<JournaledOrder> overlay;

    @Autowired
    private OrderJournal journal;

    @Autowired
    private HybridClock clock;

    @Autowired
    private WritePauses pauses;

    @Value("${holdfast.storage.keyspace}")
    @SuppressWarnings("NullAway.Init")
    private String keyspace;

    @SuppressWarnings("NullAway.Init")
    private RestoreNotices restore;

    @BeforeEach
    void healthy() {
        restore = new RestoreNotices(keyspace, pauses);
        credits.grant(anna, "1000.00");
        ServiceUnderTest.awaitAnswer(() ->
                assertThat(client.get(anna, "/api/orders/" + anna).status()).isEqualTo(404));
    }

    @AfterEach
    void heal() {
        restore.over();
        credits.start();
        ServiceUnderTest.awaitAnswer(() -> assertThat(overlay.isCaughtUp()).isTrue());
    }

    @Test
    void aCancellationThatIsAcknowledgedStandsAndOtherAnswersSayThatTheyMayBeOver() {
        OrderClient.Answer cancelled = client.place(anna, "k-1", LANTERNS);
        OrderClient.Answer confirmed = client.place(anna, "k-2", LANTERNS);
        credits.stop();
        UUID waits = client.place(anna, "waits", LANTERNS).id();
        ServiceUnderTest.awaitAnswer(
                () -> assertThat(overlay.latest(waits.toString())).isPresent());
        for (int order = 1; order < 5; order++) {
            assertThat(client.place(anna, "waits-" + order, LANTERNS).status()).isEqualTo(202);
        }
        ServiceUnderTest.awaitAnswer(() -> assertThat(overlay.isCaughtUp()).isFalse());

        restore.pause();
        assertThat(client.cancel(anna, cancelled.location()).status())
                .as("it does not come into the tables either")
                .isEqualTo(202);

        assertThat(overlay.latest(cancelled.id().toString())
                        .map(record -> record.row().status()))
                .as("what this instance holds of it")
                .isNotEqualTo(Optional.of(OrderStatus.CANCELLED));
        OrderClient.Answer shown = client.get(anna, cancelled.location());
        assertThat(shown.text("status")).isEqualTo("CANCELLED");
        assertThat(shown.degraded()).as("it is over for good").isNull();
        assertThat(client.get(anna, confirmed.location()).degraded()).isEqualTo("kafka; mode=incomplete");
        OrderClient.Answer again = client.place(anna, "k-2", LANTERNS);
        assertThat(again.text("status")).isEqualTo("CONFIRMED");
        assertThat(again.degraded()).as("it may have been cancelled").isEqualTo("kafka; mode=incomplete");
        restore.over();
        credits.start();
        ServiceUnderTest.awaitAnswer(() -> assertThat(credits.available(anna)).isEqualByComparingTo("877.96"));
        OrderClient.Answer repeated = client.place(anna, "k-1", LANTERNS);
        assertThat(repeated.text("status")).isEqualTo("CANCELLED");
    }

    @Test
    void anOrderThatIsTakenIsNotSaidToBeMissingWhenOnlyTheRequestForItIsHeld() {
        credits.stop();
        Order order = SomeOrders.pending(anna, UUID.randomUUID(), clock.next());
        journal.append(order);
        ServiceUnderTest.awaitAnswer(
                () -> assertThat(overlay.latest(order.id().toString())).isPresent());
        for (int other = 1; other < 5; other++) {
            assertThat(client.place(anna, "waits-" + other, LANTERNS).status()).isEqualTo(202);
        }
        ServiceUnderTest.awaitAnswer(() -> assertThat(overlay.isCaughtUp()).isFalse());
        journal.appendAcknowledged(order);

        OrderClient.Answer shown = client.get(anna, "/api/orders/" + order.id());

        assertThat(shown.status()).isEqualTo(503);
        assertThat(shown.retryAfter()).isNotBlank();
        credits.start();
        ServiceUnderTest.awaitAnswer(() -> assertThat(
                        client.get(anna, "/api/orders/" + order.id()).text("status"))
                .isEqualTo("CONFIRMED"));
    }
}
