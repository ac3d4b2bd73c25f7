package io.holdfast.order.cancelling;

import java.util.UUID;

import org.springframework.stereotype.Component;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.order.Order;
import io.holdfast.order.credit.CreditRefusedException;
import io.holdfast.order.reading.Reading;
import io.holdfast.order.saga.OrderSaga;
import io.holdfast.order.storing.Taken;

/** Takes an order back and its credit with it. Repeating it finds the order cancelled. */
@Component
class Cancelling {

    private final Reading reading;
    private final OrderSaga saga;

    Cancelling(Reading reading, OrderSaga saga) {
        this.reading = reading;
        this.saga = saga;
    }

    /**
     * The order, cancelled.
     *
     * @throws ProblemException 404 when there is no such order of this caller, 409 when it was rejected
     * @throws io.holdfast.failover.guard.DependencyUnavailableException when it is unknown whether it is cancelled; repeat it
     */
    Taken cancel(Caller caller, UUID id) {
        return cancel(reading.order(caller, id));
    }

    private Taken cancel(Order order) {
        return switch (order.status()) {
            case CANCELLED -> new Taken(order, null);
            case CONFIRMED -> saga.cancel(order);
            // Under which acceptance it is cancelled is agreed only when it is decided.
            case PENDING -> cancel(decided(order));
            case REJECTED -> throw ProblemException.conflict("A REJECTED order cannot be cancelled");
        };
    }

    private Order decided(Order pending) {
        try {
            return saga.complete(pending).order();
        } catch (CreditRefusedException refused) {
            throw ProblemException.conflict("This order is about to be rejected and cannot be cancelled");
        }
    }
}
