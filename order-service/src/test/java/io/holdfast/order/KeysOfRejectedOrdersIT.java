package io.holdfast.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.id.NamedIds;
import io.holdfast.order.storing.OrderJournal;

/** A key stands for its order for ever, also when that was taken and rejected before its credit was ever asked for. */
@Tag("long")
@OnRealServers
class KeysOfRejectedOrdersIT {

    private static final String POUNDS = OrderClient.order("71053", 6, "3.39");
    private static final String EUROS = POUNDS.replace("GBP", "EUR");

    private final UUID anna = UUID.randomUUID();
    private final CreditServer credits = ServiceUnderTest.CREDITS;

    @Autowired
    private OrderClient client;

    @Autowired
    private OrderJournal journal;

    @Autowired
    private HybridClock clock;

    @BeforeEach
    void healthy() {
        credits.grant(anna, "100.00");
        ServiceUnderTest.awaitAnswer(() ->
                assertThat(client.get(anna, "/api/orders/" + anna).status()).isEqualTo(404));
    }

    @AfterEach
    void heal() {
        credits.start();
        UUID bert = UUID.randomUUID();
        credits.grant(bert, "100.00");
        ServiceUnderTest.awaitAnswer(
                () -> assertThat(client.place(bert, "probe", POUNDS).status()).isEqualTo(201));
    }

    @Test
    void anOrderInAnotherCurrencyThatWasTakenKeepsItsKey() {
        credits.stop();
        OrderClient.Answer taken = client.place(anna, "k-1", EUROS);
        assertThat(taken.status()).isEqualTo(202);
        credits.start();
        awaitRejected(taken.id(), "OTHER_CURRENCY");

        assertThat(client.place(anna, "k-1", POUNDS).status())
                .as("another body")
                .isEqualTo(422);
        OrderClient.Answer again = client.place(anna, "k-1", EUROS);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.id()).isEqualTo(taken.id());
        assertThat(again.text("reason")).isEqualTo("OTHER_CURRENCY");
        assertThat(client.list(anna, "").get("items")).hasSize(1);
        assertThat(credits.available(anna)).isEqualByComparingTo("100");
    }

    @Test
    void anOrderThatWasTooLateToAskForItsCreditKeepsItsKey() {
        UUID id = NamedIds.of(anna, "k-1");
        Stamp yesterday = Stamp.at(clock.next().instant().minus(Duration.ofHours(25)));

        journal.appendAcknowledged(SomeOrders.pending(anna, id, yesterday.step(0)));
        awaitRejected(id, "TOO_LATE");

        assertThat(client.place(anna, "k-1", POUNDS).status())
                .as("another body")
                .isEqualTo(422);
        assertThat(client.get(anna, "/api/orders/" + id).text("reason")).isEqualTo("TOO_LATE");
        assertThat(credits.available(anna)).isEqualByComparingTo("100");
    }

    private void awaitRejected(UUID id, String reason) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            OrderClient.Answer shown = client.get(anna, "/api/orders/" + id);
            assertThat(shown.text("status")).isEqualTo("REJECTED");
            assertThat(shown.text("reason")).isEqualTo(reason);
        });
    }
}
