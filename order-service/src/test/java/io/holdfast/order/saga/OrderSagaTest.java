package io.holdfast.order.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.RejectionReason;
import io.holdfast.order.SomeOrders;
import io.holdfast.order.credit.CreditDecision;
import io.holdfast.order.storing.Taken;

class OrderSagaTest {

    private static final Instant NOW = Instant.parse("2026-11-20T11:00:00Z");

    private static final SagaProperties PROPERTIES = new SagaProperties(Duration.ofSeconds(2), Duration.ofHours(24));

    private final CreditsByHand credits = new CreditsByHand("20.00");
    private final OrdersByHand orders = new OrdersByHand();
    private final OrderSaga saga = sagaAt(NOW);

    @Test
    void givenEnoughCreditAnOrderIsConfirmedAndItsTotalReserved() {
        Order order = saga.complete(SomeOrders.pending()).order();

        assertThat(order.status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(orders.writes()).containsExactly(order);
        assertThat(credits.available()).isEqualByComparingTo("4.575");
    }

    @Test
    void givenDecisionsOfSeveralOrdersEachEndsAsItWouldAlone() {
        Order confirmed = SomeOrders.pending();
        Order rejected = SomeOrders.pending();
        Order cancelled = SomeOrders.pending();
        saga.cancel(saga.complete(cancelled).order());
        List<Order> pending = List.of(confirmed, rejected, cancelled);
        List<CreditDecision> decisions = pending.stream().map(credits::reserve).toList();
        int before = orders.writes().size();

        saga.concludeAll(pending, decisions);

        assertThat(orders.writes().stream().skip(before).map(Order::status))
                .containsExactly(OrderStatus.CONFIRMED, OrderStatus.REJECTED);
        assertThat(pending.stream()
                        .map(order -> orders.find(order.id()).orElseThrow().status()))
                .containsExactly(OrderStatus.CONFIRMED, OrderStatus.REJECTED, OrderStatus.CANCELLED);
        assertThat(credits.available()).isEqualByComparingTo("4.575");
    }

    @Test
    void givenTooLittleCreditAnOrderIsRejectedAndNothingReserved() {
        saga.complete(SomeOrders.pending());

        Order order = saga.complete(SomeOrders.pending()).order();

        assertThat(order.status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(order.reason()).isEqualTo(RejectionReason.CREDIT_TOO_SMALL);
        assertThat(orders.find(order.id())).contains(order);
        assertThat(credits.available()).isEqualByComparingTo("4.575");
    }

    @Test
    void givenAnOrderThatWasDecidedARepeatedRequestWritesTheSameOrderUnderTheSameTimestamp() {
        Order pending = SomeOrders.pending();
        Order first = saga.complete(pending).order();
        Stamp later = Stamp.at(pending.accepted().instant().plusSeconds(5));

        Order second = saga.complete(SomeOrders.pending(pending.userId(), pending.id(), later))
                .order();

        assertThat(second).isEqualTo(first);
        assertThat(orders.writes()).containsExactly(first, first);
        assertThat(credits.available()).isEqualByComparingTo("4.575");
    }

    @Test
    void givenAReservationWhoseOrderWasNeverWrittenARepeatedRequestWritesIt() {
        Order pending = SomeOrders.pending();
        credits.reserve(pending);

        Order order = saga.complete(pending).order();

        assertThat(orders.find(pending.id())).contains(order);
        assertThat(order.status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(credits.available()).isEqualByComparingTo("4.575");
    }

    @Test
    void givenAConfirmedOrderCancellingReleasesItsCredit() {
        Order order = saga.cancel(saga.complete(SomeOrders.pending()).order()).order();

        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order.changedAt()).isEqualTo(NOW);
        assertThat(orders.find(order.id())).contains(order);
        assertThat(credits.available()).isEqualByComparingTo("20");
    }

    @Test
    void givenACancelledOrderARepeatedRequestToPlaceItFindsItAsItIs() {
        Order pending = SomeOrders.pending();
        Order cancelled = saga.cancel(saga.complete(pending).order()).order();
        OrderSaga later = sagaAt(NOW.plusSeconds(9));

        assertThat(later.complete(pending).order()).isEqualTo(cancelled);
        assertThat(credits.available()).isEqualByComparingTo("20");
    }

    @Test
    void givenCreditReleasedByACancellationThatTheTablesDoNotHaveARepeatedRequestToPlaceShowsItCancelled() {
        Order confirmed = saga.complete(SomeOrders.pending()).order();
        credits.release(confirmed);

        Order order = saga.complete(SomeOrders.pending(confirmed.userId(), confirmed.id(), confirmed.accepted()))
                .order();

        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(orders.find(order.id())).contains(order);
    }

    @Test
    void givenCreditReleasedByACancellationThatWasNeverWrittenCancellingAgainWritesIt() {
        Order confirmed = saga.complete(SomeOrders.pending()).order();
        credits.release(confirmed);

        Order order = saga.cancel(confirmed).order();

        assertThat(orders.find(order.id()).map(Order::status)).contains(OrderStatus.CANCELLED);
        assertThat(credits.available()).isEqualByComparingTo("20");
    }

    @Test
    void givenALateRepetitionOfAPlacementAfterACancellationTheOrderStaysCancelled() {
        Order confirmed = saga.complete(SomeOrders.pending()).order();
        saga.cancel(confirmed);

        orders.write(confirmed);

        assertThat(orders.find(confirmed.id()).map(Order::status)).contains(OrderStatus.CANCELLED);
    }

    @Test
    void givenADecisionItStandsInTheJournalBeforeItIsInTheTables() {
        orders.loseTables();

        Taken taken = saga.complete(SomeOrders.pending());

        assertThat(taken.waitsFor()).isEqualTo("cassandra");
        assertThat(orders.kept()).containsExactly(taken.order());
        assertThat(orders.writes()).isEmpty();
    }

    @Test
    void givenACancellationItStandsInTheJournalBeforeItsCreditIsReleased() {
        Order confirmed = saga.complete(SomeOrders.pending()).order();
        OrderSaga cutOff = new OrderSaga(new NoCredits(), orders, orders, PROPERTIES, InstantSource.fixed(NOW));

        Taken taken = cutOff.cancel(confirmed);

        assertThat(taken.waitsFor()).isEqualTo("user-service");
        assertThat(taken.order().status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(orders.kept()).endsWith(taken.order());
        assertThat(orders.find(confirmed.id())).contains(taken.order());
        assertThat(orders.writes()).as("done with").doesNotContain(taken.order());
    }

    @Test
    void givenACancellationWhoseCreditIsNotReleasedYetARepeatedRequestToPlaceFindsItCancelled() {
        Order pending = SomeOrders.pending();
        Order confirmed = saga.complete(pending).order();
        OrderSaga cutOff = new OrderSaga(new NoCredits(), orders, orders, PROPERTIES, InstantSource.fixed(NOW));
        Order cancelled = cutOff.cancel(confirmed).order();

        assertThat(saga.complete(pending).order()).isEqualTo(cancelled);
    }

    @Test
    void givenSuchACancellationByAnotherInstanceARepeatedRequestToPlaceFindsItInTheTables() {
        Order pending = SomeOrders.pending();
        Order confirmed = saga.complete(pending).order();
        OrderSaga cutOff = new OrderSaga(new NoCredits(), orders, orders, PROPERTIES, InstantSource.fixed(NOW));
        Order cancelled = cutOff.cancel(confirmed).order();
        orders.leaveJournalUnread();
        Stamp later = Stamp.at(pending.accepted().instant().plusSeconds(5));

        Order repeated = saga.complete(SomeOrders.pending(pending.userId(), pending.id(), later))
                .order();

        assertThat(repeated).isEqualTo(cancelled);
    }

    @Test
    void givenAPendingOrderThatIsTooOldItIsRejectedAndCannotBeReservedAnyMore() {
        Order pending = SomeOrders.pending();
        OrderSaga nextDay = sagaAt(pending.accepted().instant().plus(Duration.ofHours(25)));
        assertThat(saga.isTooLate(pending)).isFalse();
        assertThat(nextDay.isTooLate(pending)).isTrue();

        Order expired = nextDay.expire(pending).order();

        assertThat(expired.status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(expired.reason()).isEqualTo(RejectionReason.TOO_LATE);
        assertThat(credits.available()).isEqualByComparingTo("20");
        assertThat(saga.complete(pending).order()).isEqualTo(expired);
        assertThat(credits.available()).isEqualByComparingTo("20");
    }

    @Test
    void givenAReservationWhoseOrderBecomesTooOldItsCreditIsReleased() {
        Order pending = SomeOrders.pending();
        credits.reserve(pending);
        OrderSaga nextDay = sagaAt(pending.accepted().instant().plus(Duration.ofHours(25)));

        assertThat(nextDay.expire(pending).order().reason()).isEqualTo(RejectionReason.TOO_LATE);

        assertThat(credits.available()).isEqualByComparingTo("20");
    }

    @Test
    void givenAnOrderThatWasDecidedInTimeALateCopyOfItsRequestDoesNotExpireIt() {
        Order pending = SomeOrders.pending();
        Order confirmed = saga.complete(pending).order();
        OrderSaga nextDay = sagaAt(pending.accepted().instant().plus(Duration.ofHours(25)));

        assertThat(nextDay.expire(pending).order()).isEqualTo(confirmed);

        assertThat(credits.available()).isEqualByComparingTo("4.575");
    }

    @Test
    void aStepIsOnlyTakenFromWhereItStarts() {
        assertThatIllegalStateException()
                .isThrownBy(() -> saga.cancel(SomeOrders.rejected()))
                .withMessageContaining("RELEASE does not start from REJECTED");
        assertThatIllegalStateException()
                .isThrownBy(() -> saga.complete(SomeOrders.confirmed()))
                .withMessageContaining("RESERVE does not start from CONFIRMED");
        assertThat(orders.writes()).isEmpty();
    }

    @Test
    void nothingIsWrittenWhenTheCreditGivesNoAnswer() {
        OrderSaga cutOff = new OrderSaga(new NoCredits(), orders, orders, PROPERTIES, InstantSource.fixed(NOW));

        assertThatExceptionOfType(DependencyUnavailableException.class)
                .isThrownBy(() ->
                        cutOff.complete(SomeOrders.pending(SomeOrders.ANNA, new UUID(1, 2), SomeOrders.ACCEPTED)));
        assertThat(orders.writes()).isEmpty();
    }

    private OrderSaga sagaAt(Instant time) {
        return new OrderSaga(credits, orders, orders, PROPERTIES, InstantSource.fixed(time));
    }
}
