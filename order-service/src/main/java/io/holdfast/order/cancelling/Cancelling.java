package io.holdfast.order.cancelling;

import java.util.UUID;

import org.springframework.stereotype.Component;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.order.Order;
import io.holdfast.order.reading.Reading;
import io.holdfast.order.saga.OrderSaga;

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
     */
    Order cancel(Caller caller, UUID id) {
        Order order = reading.order(caller, id);
        return switch (order.status()) {
            case CANCELLED -> order;
            case PENDING, CONFIRMED -> saga.cancel(order);
            case REJECTED -> throw ProblemException.conflict("A REJECTED order cannot be cancelled");
        };
    }
}
