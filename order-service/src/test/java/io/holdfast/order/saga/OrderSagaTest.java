package io.holdfast.order.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.holdfast.journal.clock.Stamp;
import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.RejectionReason;
import io.holdfast.order.SomeOrders;

class OrderSagaTest {

    private static final Instant NOW = Instant.parse("2026-11-20T11:00:00Z");

    private final CreditsByHand credits = new CreditsByHand("20.00");
    private final OrdersByHand orders = new OrdersByHand();
    private final OrderSaga saga = new OrderSaga(credits, orders, orders, InstantSource.fixed(NOW));

    @Test
    void givenEnoughCreditAnOrderIsConfirmedAndItsTotalReserved() {
        Order order = saga.complete(SomeOrders.pending());

        assertThat(order.status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(orders.writes()).containsExactly(order);
        assertThat(credits.available()).isEqualByComparingTo("4.575");
    }

    @Test
    void givenTooLittleCreditAnOrderIsRejectedAndNothingReserved() {
        saga.complete(SomeOrders.pending());

        Order order = saga.complete(SomeOrders.pending());

        assertThat(order.status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(order.reason()).isEqualTo(RejectionReason.CREDIT_TOO_SMALL);
        assertThat(orders.find(order.id())).contains(order);
        assertThat(credits.available()).isEqualByComparingTo("4.575");
    }

    @Test
    void givenAnOrderThatWasDecidedARepeatedRequestWritesTheSameOrderUnderTheSameTimestamp() {
        Order pending = SomeOrders.pending();
        Order first = saga.complete(pending);
        Stamp later = Stamp.at(pending.accepted().instant().plusSeconds(5));

        Order second = saga.complete(SomeOrders.pending(pending.userId(), pending.id(), later));

        assertThat(second).isEqualTo(first);
        assertThat(orders.writes()).containsExactly(first, first);
        assertThat(credits.available()).isEqualByComparingTo("4.575");
    }

    @Test
    void givenAReservationWhoseOrderWasNeverWrittenARepeatedRequestWritesIt() {
        Order pending = SomeOrders.pending();
        credits.reserve(pending);

        Order order = saga.complete(pending);

        assertThat(orders.find(pending.id())).contains(order);
        assertThat(order.status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(credits.available()).isEqualByComparingTo("4.575");
    }

    @Test
    void givenAConfirmedOrderCancellingReleasesItsCredit() {
        Order order = saga.cancel(saga.complete(SomeOrders.pending()));

        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order.changedAt()).isEqualTo(NOW);
        assertThat(orders.find(order.id())).contains(order);
        assertThat(credits.available()).isEqualByComparingTo("20");
    }

    @Test
    void givenACancelledOrderARepeatedRequestToPlaceItFindsItAsItIs() {
        Order pending = SomeOrders.pending();
        Order cancelled = saga.cancel(saga.complete(pending));
        OrderSaga later = new OrderSaga(credits, orders, orders, InstantSource.fixed(NOW.plusSeconds(9)));

        assertThat(later.complete(pending)).isEqualTo(cancelled);
        assertThat(credits.available()).isEqualByComparingTo("20");
    }

    @Test
    void givenCreditReleasedByACancellationThatWasNeverWrittenARepeatedRequestToPlaceShowsItCancelled() {
        Order confirmed = saga.complete(SomeOrders.pending());
        credits.release(confirmed);

        Order order = saga.complete(SomeOrders.pending(confirmed.userId(), confirmed.id(), confirmed.accepted()));

        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(orders.find(order.id())).contains(order);
    }

    @Test
    void givenCreditReleasedByACancellationThatWasNeverWrittenCancellingAgainWritesIt() {
        Order confirmed = saga.complete(SomeOrders.pending());
        credits.release(confirmed);

        Order order = saga.cancel(confirmed);

        assertThat(orders.find(order.id()).map(Order::status)).contains(OrderStatus.CANCELLED);
        assertThat(credits.available()).isEqualByComparingTo("20");
    }

    @Test
    void givenALateRepetitionOfAPlacementAfterACancellationTheOrderStaysCancelled() {
        Order confirmed = saga.complete(SomeOrders.pending());
        saga.cancel(confirmed);

        orders.write(confirmed);

        assertThat(orders.find(confirmed.id()).map(Order::status)).contains(OrderStatus.CANCELLED);
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
        OrderSaga cutOff = new OrderSaga(new NoCredits(), orders, orders, InstantSource.fixed(NOW));

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() ->
                        cutOff.complete(SomeOrders.pending(SomeOrders.ANNA, new UUID(1, 2), SomeOrders.ACCEPTED)));
        assertThat(orders.writes()).isEmpty();
    }
}
