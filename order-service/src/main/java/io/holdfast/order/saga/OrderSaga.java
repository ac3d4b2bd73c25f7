package io.holdfast.order.saga;

import java.time.InstantSource;

import org.springframework.stereotype.Component;

import io.holdfast.journal.clock.Stamp;
import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.RejectionReason;
import io.holdfast.order.credit.CreditDecision;
import io.holdfast.order.credit.CreditState;
import io.holdfast.order.credit.Credits;
import io.holdfast.order.storing.OrderWriter;
import io.holdfast.order.storing.Orders;

/** Takes an order through its steps: asks the credit, and writes what the order becomes by its answer. */
@Component
public class OrderSaga {

    private final Credits credits;
    private final OrderWriter writer;
    private final Orders orders;
    private final InstantSource wall;

    public OrderSaga(Credits credits, OrderWriter writer, Orders orders, InstantSource wall) {
        this.credits = credits;
        this.writer = writer;
        this.orders = orders;
        this.wall = wall;
    }

    /**
     * Decides a pending order: CONFIRMED when its credit is reserved, REJECTED when it is too small, CANCELLED when it was given up before.
     * One that was decided and written before is found again, whoever asks.
     */
    public Order complete(Order pending) {
        CreditDecision decision = SagaStep.RESERVE.take(credits, pending);
        Order order = agreed(pending, decision);
        return switch (decision.state()) {
            case RESERVED -> order.status() == OrderStatus.PENDING ? written(order.confirmed()) : order;
            case REFUSED ->
                order.status() == OrderStatus.PENDING
                        ? written(order.rejected(RejectionReason.CREDIT_TOO_SMALL))
                        : order;
            case RELEASED -> order.isFinal() ? order : written(order.cancelled(wall.instant()));
        };
    }

    /** Takes an order back: its credit is released, then it is CANCELLED. */
    public Order cancel(Order order) {
        SagaStep.RELEASE.take(credits, order);
        return written(order.cancelled(wall.instant()));
    }

    /**
     * The order under the one acceptance all requests for it share. Usually the credit row names it, and then nothing needs to be read: the
     * row of a decided order is simply written once more. Otherwise what was written before counts.
     */
    private Order agreed(Order pending, CreditDecision decision) {
        Stamp accepted = decision.accepted();
        Order agreed = accepted == null ? pending : pending.acceptedUnder(accepted);
        boolean namedByCredit = accepted != null && decision.state() != CreditState.RELEASED;
        return namedByCredit ? agreed : orders.find(pending.id()).orElse(agreed);
    }

    private Order written(Order order) {
        writer.write(order);
        return order;
    }
}
