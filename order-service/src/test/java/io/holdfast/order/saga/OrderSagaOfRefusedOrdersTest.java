package io.holdfast.order.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.junit.jupiter.api.Test;

import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.RejectionReason;
import io.holdfast.order.SomeOrders;
import io.holdfast.order.credit.CreditDecision;
import io.holdfast.order.credit.CreditRefusedException;

/** Orders that end without ever having had credit. */
class OrderSagaOfRefusedOrdersTest {

    private static final Instant NOW = Instant.parse("2026-11-20T11:00:00Z");
    private static final SagaProperties PROPERTIES = new SagaProperties(Duration.ofSeconds(2), Duration.ofHours(24));

    private final CreditsByHand credits = new CreditsByHand("20.00");
    private final OrdersByHand orders = new OrdersByHand();
    private final OrderSaga saga = new OrderSaga(credits, orders, orders, PROPERTIES, InstantSource.fixed(NOW));

    @Test
    void givenAnOrderThatIsConfirmedWhileItExpiresItIsCancelledAndNotRejected() {
        Order pending = SomeOrders.pending();
        OrderSaga nextDay = new OrderSaga(
                new DecidedMeanwhile(),
                orders,
                orders,
                PROPERTIES,
                InstantSource.fixed(NOW.plus(Duration.ofHours(25))));

        Order ended = nextDay.expire(pending).order();

        assertThat(ended.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(orders.find(pending.id())).contains(ended);
        assertThat(credits.available()).isEqualByComparingTo("20");
    }

    @Test
    void givenAnOrderInAnotherCurrencyItsIdStandsForItAlsoAfterItIsRejected() {
        Order pending = SomeOrders.pending();

        Order refused = saga.refuse(pending, RejectionReason.OTHER_CURRENCY).order();

        assertThat(refused.reason()).isEqualTo(RejectionReason.OTHER_CURRENCY);
        assertThat(saga.refuse(pending, RejectionReason.OTHER_CURRENCY).order()).isEqualTo(refused);
        assertThat(orders.writes()).containsExactly(refused);
        assertThat(saga.decided(pending).orElseThrow().order()).isEqualTo(refused);
        Order other = SomeOrders.withAnotherBody(pending);
        assertThat(saga.decided(other)).isEmpty();
        assertThatExceptionOfType(CreditRefusedException.class).isThrownBy(() -> saga.complete(other));
    }

    @Test
    void givenARejectedOrderWhoseCreditWasRestoredNothingIsReservedForItAgain() {
        Order pending = SomeOrders.pending();
        orders.loseTables();
        Order refused = saga.refuse(pending, RejectionReason.OTHER_CURRENCY).order();
        CreditsByHand restored = new CreditsByHand("20.00");
        OrderSaga later = new OrderSaga(restored, orders, orders, PROPERTIES, InstantSource.fixed(NOW));

        assertThat(later.complete(pending).order()).isEqualTo(refused);
        assertThat(restored.available()).isEqualByComparingTo("20");

        CreditsByHand restoredForAnother = new CreditsByHand("20.00");
        OrderSaga another = new OrderSaga(restoredForAnother, orders, orders, PROPERTIES, InstantSource.fixed(NOW));
        assertThatExceptionOfType(CreditRefusedException.class)
                .isThrownBy(() -> another.complete(SomeOrders.withAnotherBody(pending)));
        assertThat(restoredForAnother.available()).isEqualByComparingTo("20");
    }

    /** While the credit is asked to release, a repeated request confirms the order. */
    private final class DecidedMeanwhile extends NoCredits {

        @Override
        public CreditDecision release(Order order) {
            saga.complete(order);
            return credits.release(order);
        }
    }
}
