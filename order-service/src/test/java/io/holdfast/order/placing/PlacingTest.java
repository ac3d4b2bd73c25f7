package io.holdfast.order.placing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.caller.Role;
import io.holdfast.failover.fallback.Degradation;
import io.holdfast.failover.fallback.FallbackMeters;
import io.holdfast.failover.fallback.QueuedWrites;
import io.holdfast.failover.policy.DependencyPolicy;
import io.holdfast.failover.policy.FailoverPolicy;
import io.holdfast.failover.policy.Fallback;
import io.holdfast.failover.policy.Tolerance;
import io.holdfast.journal.clock.ClockNode;
import io.holdfast.journal.clock.HybridClock;
import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.credit.CreditAnswer;
import io.holdfast.order.credit.CreditDecision;
import io.holdfast.order.credit.Credits;
import io.holdfast.order.saga.CreditsByHand;
import io.holdfast.order.saga.OrderSaga;
import io.holdfast.order.saga.OrdersByHand;
import io.holdfast.order.saga.OrdersUnderWay;
import io.holdfast.order.saga.SagaProperties;
import io.holdfast.order.storing.Taken;

/** What the customer of an order is told, and how long he waits for that when user-service is slow. */
class PlacingTest {
    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final Duration SLOW = PATIENCE.multipliedBy(6);

    private final Caller anna = new Caller(UUID.randomUUID().toString(), Role.CUSTOMER);
    private final OrdersByHand orders = new OrdersByHand();
    private final Placing placing;

    PlacingTest(@TempDir Path folder) {
        SagaProperties properties = new SagaProperties(PATIENCE, Duration.ofHours(24));
        OrderSaga saga = new OrderSaga(new SlowCredits(), orders, orders, properties, InstantSource.system());
        HybridClock clock = HybridClock.open(InstantSource.system(), new ClockNode(1), folder.resolve("clock.mark"));
        this.placing = new Placing(saga, orders, orders, queued(), properties, new OrdersUnderWay(), clock);
    }

    @Test
    void anOrderThatStandsInTheJournalIsTakenAndDecidedLater() {
        assertThat(place().order().status()).isEqualTo(OrderStatus.PENDING);
        assertThat(orders.acknowledged()).hasSize(1);
    }

    @Test
    void anOrderThatStandsInTheOutboxAloneCannotBeTakenAndIsWaitedFor() {
        orders.loseJournal();

        assertThat(place().order().status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(orders.acknowledged()).isEmpty();
    }

    @Test
    void whoRepeatsARequestIsToldWhenItsOrderMayHaveBeenCancelledSince() {
        orders.loseJournal();
        orders.leaveJournalUnread();

        try (Degradation.Listener told = Degradation.listen()) {
            assertThat(place().order().status()).isEqualTo(OrderStatus.CONFIRMED);
            assertThat(told.worst()).as("the first request").isEmpty();

            assertThat(place().order().status()).isEqualTo(OrderStatus.CONFIRMED);
            assertThat(told.worst().map(Degradation::header)).contains("kafka; mode=incomplete");
        }
    }

    private Taken place() {
        PlaceOrder.Item lantern = new PlaceOrder.Item("71053", "WHITE METAL LANTERN", 6, new BigDecimal("3.39"));
        return placing.place(anna, "k-1", new PlaceOrder("GBP", List.of(lantern), null, null));
    }

    /** Orders may be taken without user-service. */
    private static QueuedWrites queued() {
        Tolerance tolerance = Tolerance.HIGH_AVAILABILITY;
        DependencyPolicy preset = FailoverPolicy.preset(tolerance).of("user-service");
        DependencyPolicy userService = new DependencyPolicy(
                preset.timeout(),
                preset.retry(),
                preset.circuitBreaker(),
                preset.bulkhead(),
                preset.routing(),
                Fallback.QUEUE);
        FailoverPolicy policy = new FailoverPolicy(tolerance, Map.of("user-service", userService));
        return new QueuedWrites(() -> policy, dependency -> false, new FallbackMeters(new SimpleMeterRegistry()));
    }

    private static final class SlowCredits implements Credits {
        private final Credits credits = new CreditsByHand("1000.00");

        @Override
        public CreditDecision reserve(Order order) {
            LockSupport.parkNanos(SLOW.toNanos());
            return credits.reserve(order);
        }

        @Override
        public List<CreditAnswer> reserveAll(UUID userId, List<Order> orders) {
            LockSupport.parkNanos(SLOW.toNanos());
            return credits.reserveAll(userId, orders);
        }

        @Override
        public CreditDecision release(Order order) {
            return credits.release(order);
        }
    }
}
