package io.holdfast.order.applying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.overlay.Overlay;
import io.holdfast.order.OnRealServers;
import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.RejectionReason;
import io.holdfast.order.ServiceUnderTest;
import io.holdfast.order.SomeOrders;
import io.holdfast.order.credit.Credits;
import io.holdfast.order.storing.JournaledOrder;
import io.holdfast.order.storing.OrderJournal;
import io.holdfast.order.storing.OrderTables;
import io.holdfast.order.storing.OrderWriter;
import io.holdfast.order.storing.Orders;

/** What is left in the journal by a service that died, or could not go on, comes to its end without any request. */
@OnRealServers
class JournaledOrdersIT {

    private final UUID anna = UUID.randomUUID();

    @Autowired
    private OrderJournal journal;

    @Autowired
    private OrderTables tables;

    @Autowired
    private OrderWriter writer;

    @Autowired
    private Orders orders;

    @Autowired
    private Credits credits;

    @Autowired
    private Overlay<JournaledOrder> overlay;

    @Autowired
    private HybridClock clock;

    @BeforeEach
    void giveAnnaCredit() {
        ServiceUnderTest.CREDITS.grant(anna, "20.00");
        ServiceUnderTest.awaitAnswer(() -> tables.find(anna));
        ServiceUnderTest.awaitAnswer(() -> assertThat(orders.find(anna)).isEmpty());
    }

    @Test
    void anOrderThatWasJournaledAndNothingElseIsDecided() {
        Order pending = pending();

        journal.append(pending);

        assertThat(awaitStored(pending.id())).isEqualTo(pending.confirmed());
        assertCredit("4.575");
    }

    @Test
    void anOrderWhoseCreditWasReservedAndNothingElseIsConfirmed() {
        Order pending = pending();
        journal.append(pending);
        credits.reserve(pending);

        assertThat(awaitStored(pending.id())).isEqualTo(pending.confirmed());
        assertCredit("4.575");
    }

    @Test
    void anOrderThatWasDecidedAndJournaledAndNotWrittenIsWritten() {
        Order pending = pending();
        journal.append(pending);
        credits.reserve(pending);
        journal.append(pending.confirmed());

        assertThat(awaitStored(pending.id())).isEqualTo(pending.confirmed());
        assertCredit("4.575");
    }

    @Test
    void aCancellationThatWasJournaledAndNothingElseReleasesTheCredit() {
        Order pending = pending();
        journal.append(pending);
        Order cancelled = awaitStored(pending.id()).cancelled(clock.next().instant());

        journal.append(cancelled);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> tables.find(pending.id()).equals(Optional.of(cancelled)));
        assertCredit("20");
    }

    @Test
    void ofTwoCancellationsAtOnceTheLaterStaysThoughTheEarlierIsWritten() {
        Order pending = pending();
        journal.append(pending);
        Order confirmed = awaitStored(pending.id());
        Instant now = clock.next().instant();
        Order later = confirmed.cancelled(now.plusMillis(400));
        credits.release(confirmed);
        writer.write(confirmed.cancelled(now));

        journal.append(later);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> tables.find(pending.id()).equals(Optional.of(later)));
        assertThat(tables.ofUser(anna, null, null, 10).orders()).containsExactly(later);
        assertCredit("20");
    }

    @Test
    void recordsThatComeTwiceAndInAnotherOrderHaveOneEffect() {
        Order pending = pending();
        Order confirmed = pending.confirmed();
        Order cancelled = confirmed.cancelled(clock.next().instant());

        List.of(pending, pending, cancelled, confirmed, cancelled, pending, confirmed)
                .forEach(journal::append);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> tables.find(pending.id()).equals(Optional.of(cancelled)) && isApplied(pending.id()));
        assertThat(tables.ofUser(anna, null, null, 10).orders()).containsExactly(cancelled);
        assertCredit("20");
        assertThat(ServiceUnderTest.CREDITS.rows(anna)).isEqualTo(1);
    }

    @Test
    void ofTwoRequestsWithOneKeyTheFirstOneInTheJournalCounts() {
        Order first = pending();
        Order other = Order.pending(
                first.id(),
                anna,
                "GBP",
                List.of(SomeOrders.item("B", 1, "1")),
                null,
                clock.next().step(0),
                "other");

        journal.appendAcknowledged(first);
        journal.appendAcknowledged(other);

        await().atMost(Duration.ofSeconds(20)).until(() -> isApplied(first.id()));
        assertThat(tables.find(first.id())).contains(first.confirmed());
        assertThat(tables.ofUser(anna, null, null, 10).orders()).hasSize(1);
        assertCredit("4.575");
    }

    @Test
    void anOrderThatCannotBeDecidedIsRejectedWhenItsCustomerWasToldThatItIsTakenAndElseIsNoOrder() {
        Order told = pounds(UUID.randomUUID(), "EUR");
        Order untold = pounds(UUID.randomUUID(), "EUR");

        journal.append(untold);
        journal.appendAcknowledged(told);

        assertThat(awaitStored(told.id()).reason()).isEqualTo(RejectionReason.OTHER_CURRENCY);
        await().atMost(Duration.ofSeconds(20)).until(() -> isApplied(untold.id()));
        assertThat(orders.find(untold.id())).isEmpty();
        assertCredit("20");
    }

    @Test
    void anOrderOfNobodyIsRejectedWhenItWasTaken() {
        UUID nobody = UUID.randomUUID();
        Order order = SomeOrders.pending(nobody, UUID.randomUUID(), clock.next().step(0));

        journal.appendAcknowledged(order);

        assertThat(awaitStored(order.id()).reason()).isEqualTo(RejectionReason.NO_SUCH_USER);
    }

    @Test
    void anOrderThatIsPendingForTooLongIsRejectedAndItsCreditGivenBack() {
        Stamp yesterday = Stamp.at(clock.next().instant().minus(Duration.ofHours(25)));
        Order late = SomeOrders.pending(anna, UUID.randomUUID(), yesterday.step(0));
        credits.reserve(late);
        assertCredit("4.575");

        journal.append(late);

        Order rejected = awaitStored(late.id());
        assertThat(rejected.status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(rejected.reason()).isEqualTo(RejectionReason.TOO_LATE);
        assertCredit("20");
    }

    @Test
    void manyOrdersComeToTheirEndsTogetherEachAsItWouldAlone() {
        List<UUID> users = Stream.generate(UUID::randomUUID).limit(4).toList();
        users.forEach(user -> ServiceUnderTest.CREDITS.grant(user, "100.00"));
        List<Order> all = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            UUID user = users.get(number % users.size());
            String currency = number % 20 == 19 ? "EUR" : "GBP";
            all.add(Order.pending(
                    UUID.randomUUID(),
                    user,
                    currency,
                    List.of(SomeOrders.item("B", 1, "15")),
                    null,
                    clock.next().step(0),
                    "hash-" + number));
        }
        int callsBefore = ServiceUnderTest.CREDITS.calls();

        ServiceUnderTest.CREDITS.stop();
        all.forEach(journal::appendAcknowledged);
        ServiceUnderTest.CREDITS.start();

        await().atMost(Duration.ofSeconds(20)).until(() -> all.stream().allMatch(order -> isApplied(order.id())));
        assertThat(ServiceUnderTest.CREDITS.calls() - callsBefore)
                .as("questions for %d orders", all.size())
                .isLessThan(all.size());
        users.forEach(user -> {
            List<Order> ends = tables.ofUser(user, null, null, 100).orders();
            assertThat(ends).hasSize(10);
            assertThat(ends.stream().filter(order -> order.status() == OrderStatus.CONFIRMED))
                    .hasSize(6);
            assertThat(ServiceUnderTest.CREDITS.available(user)).isEqualByComparingTo("10");
        });
        assertThat(tables.ofUser(users.getLast(), null, null, 100).orders().stream()
                        .map(Order::reason)
                        .filter(RejectionReason.OTHER_CURRENCY::equals))
                .hasSize(2);
    }

    @Test
    void whatACancellationGivesBackIsThereForTheOrderBehindIt() {
        Order first = pending();
        journal.append(first);
        Order cancelled = awaitStored(first.id()).cancelled(clock.next().instant());
        Order second = pending();

        ServiceUnderTest.CREDITS.stop();
        journal.append(cancelled);
        journal.appendAcknowledged(second);
        ServiceUnderTest.CREDITS.start();

        assertThat(awaitStored(second.id())).isEqualTo(second.confirmed());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> tables.find(first.id()).equals(Optional.of(cancelled)));
        assertCredit("4.575");
    }

    private Order pending() {
        return SomeOrders.pending(anna, UUID.randomUUID(), clock.next().step(0));
    }

    private Order pounds(UUID id, String currency) {
        return Order.pending(
                id,
                anna,
                currency,
                List.of(SomeOrders.item("B", 1, "1")),
                null,
                clock.next().step(0),
                "hash-" + id);
    }

    private Order awaitStored(UUID id) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> tables.find(id), Optional::isPresent)
                .orElseThrow();
    }

    private boolean isApplied(UUID id) {
        overlay.awaitHeld();
        return overlay.latest(id.toString()).isEmpty();
    }

    private void assertCredit(String available) {
        assertThat(ServiceUnderTest.CREDITS.available(anna)).isEqualByComparingTo(new BigDecimal(available));
    }
}
