package io.holdfast.order.reading;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.page.Page;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.storing.OrderPage;
import io.holdfast.order.storing.Orders;
import io.holdfast.order.storing.Place;

/** Reads for a caller: what is not the caller's looks as if it were not there. */
@Component
public class Reading {

    private final Orders orders;

    public Reading(Orders orders) {
        this.orders = orders;
    }

    /**
     * One order.
     *
     * @throws ProblemException 404 when there is none, or it belongs to another user
     */
    public Order order(Caller caller, UUID id) {
        return orders.find(id)
                .filter(order -> caller.mayActFor(order.userId()))
                .orElseThrow(() -> ProblemException.notFound("There is no order " + id));
    }

    /**
     * A part of a user's orders, newest first.
     *
     * @throws ProblemException 403 for another user, 400 for a cursor that this list did not give
     */
    Page<Order> orders(Caller caller, UUID userId, @Nullable OrderStatus status, @Nullable String cursor, int limit) {
        caller.requireActingFor(userId);
        Place after = cursor == null ? null : Cursor.place(cursor, userId);
        OrderPage page = orders.ofUser(userId, status, after, limit);
        return new Page<>(page.orders(), page.next() == null ? null : Cursor.of(page.next(), userId));
    }
}
