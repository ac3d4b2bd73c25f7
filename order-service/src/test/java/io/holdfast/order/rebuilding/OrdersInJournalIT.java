package io.holdfast.order.rebuilding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;

import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.outbox.OutboxStore;
import io.holdfast.order.OnRealServers;
import io.holdfast.order.Order;
import io.holdfast.order.ServiceUnderTest;
import io.holdfast.order.SomeOrders;
import io.holdfast.order.storing.OrderJournal;
import io.holdfast.order.storing.OrderOutbox;

/** What is known of orders that are not in the tables, on a real Kafka. */
@OnRealServers
class OrdersInJournalIT {

    private final UUID anna = UUID.randomUUID();

    @Autowired
    private OrdersInJournal unapplied;

    @Autowired
    private OrderJournal journal;

    @Autowired
    private OrderOutbox outbox;

    @Autowired
    private OutboxStore kept;

    @Autowired
    private HybridClock clock;

    @BeforeEach
    void healthy() {
        ServiceUnderTest.CREDITS.grant(anna, "100.00");
        ServiceUnderTest.awaitAnswer(() -> kept.partitions().forEach(kept::delete));
        ServiceUnderTest.awaitAnswer(() -> assertThat(unapplied.ofUser(anna)).isEmpty());
    }

    @AfterEach
    void heal() {
        ServiceUnderTest.kafka().start();
        ServiceUnderTest.CREDITS.decideAfter(Duration.ZERO);
        ServiceUnderTest.awaitAnswer(() -> kept.partitions().forEach(kept::delete));
    }

    @Test
    void anOrderThatIsNotDecidedIsNotAppliedThoughNobodyWasToldOfIt() {
        ServiceUnderTest.CREDITS.decideAfter(Duration.ofSeconds(1));
        Order pending = pending();

        journal.append(pending);

        assertThat(unapplied.ofUser(anna)).containsExactly(pending.id());
        assertThat(unapplied.ofUser(UUID.randomUUID())).isEmpty();
    }

    @Test
    void whatTheOutboxHoldsIsNotJournaled() {
        Instant before = Instant.now().minusSeconds(120);
        unapplied.requireJournaled(Instant.now());

        outbox.keep(pending());

        assertThatExceptionOfType(NotYetException.class).isThrownBy(() -> unapplied.requireJournaled(Instant.now()));
        unapplied.requireJournaled(before);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "holdfast.full",
            matches = "true",
            disabledReason = "runs with ./holdfast test --full")
    void withoutKafkaNothingIsProven() {
        ServiceUnderTest.kafka().kill();

        assertThatExceptionOfType(NotYetException.class).isThrownBy(() -> unapplied.ofUser(anna));
    }

    private Order pending() {
        return SomeOrders.pending(anna, UUID.randomUUID(), clock.next().step(0));
    }
}
