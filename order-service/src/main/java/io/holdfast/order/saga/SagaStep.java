package io.holdfast.order.saga;

import java.util.Set;

import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.credit.CreditDecision;
import io.holdfast.order.credit.Credits;

/**
 * A row in the table of an order's steps at the other service. What the credit answers is what the order becomes. Every step may be
 * repeated: the credit answers the same again, and the order is written under the same timestamp.
 *
 * <pre>
 * step      from                 does                    undone by
 * RESERVE   PENDING              takes the credit        RELEASE
 * RELEASE   PENDING, CONFIRMED   gives the credit back   nothing: it stands for ever
 * </pre>
 *
 * @param name how messages call it
 * @param from the statuses it may be taken from
 * @param call what it asks of the credit
 */
record SagaStep(String name, Set<OrderStatus> from, CreditCall call) {

    static final SagaStep RESERVE = new SagaStep("RESERVE", Set.of(OrderStatus.PENDING), Credits::reserve);

    static final SagaStep RELEASE =
            new SagaStep("RELEASE", Set.of(OrderStatus.PENDING, OrderStatus.CONFIRMED), Credits::release);

    /** What a step does at the other service. */
    @FunctionalInterface
    interface CreditCall {
        CreditDecision ask(Credits credits, Order order);
    }

    SagaStep {
        from = Set.copyOf(from);
    }

    CreditDecision take(Credits credits, Order order) {
        if (!from.contains(order.status())) {
            throw new IllegalStateException(name + " does not start from " + order.status() + ": order " + order.id());
        }
        return call.ask(credits, order);
    }
}
