package io.holdfast.order.reading;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.page.Page;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.failover.fallback.NearCache;
import io.holdfast.failover.fallback.QueuedWrites;
import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.storing.OrderPage;
import io.holdfast.order.storing.Orders;
import io.holdfast.order.storing.Place;

/** Reads for a caller: what is not the caller's looks as if it were not there. */
@Component
public class Reading {

    private final Orders orders;
    private final NearCache<UUID, Order> known;
    private final QueuedWrites queued;

    public Reading(Orders orders, NearCache<UUID, Order> known, QueuedWrites queued) {
        this.orders = orders;
        this.known = known;
        this.queued = queued;
    }

    /**
     * One order, to act on it.
     *
     * @throws ProblemException 404 when there is none, or it belongs to another user
     */
    public Order order(Caller caller, UUID id) {
        return own(caller, id, orders.find(id));
    }

    /**
     * One order, to look at it; while Cassandra gives no answer, as it was last known, where the policy says so.
     *
     * @throws ProblemException 404 when there is none, or it belongs to another user
     */
    Order shown(Caller caller, UUID id) {
        boolean areAllKnown = orders.areAllKnown();
        Order shown = own(caller, id, known.find(id, () -> orders.find(id)));
        if (!areAllKnown && !shown.isFinal()) {
            // A cancellation may stand in the journal alone.
            queued.tellIncomplete("kafka");
        }
        return shown;
    }

    private static Order own(Caller caller, UUID id, Optional<Order> order) {
        return order.filter(found -> caller.mayActFor(found.userId()))
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
