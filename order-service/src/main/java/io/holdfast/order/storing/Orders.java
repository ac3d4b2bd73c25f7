package io.holdfast.order.storing;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;

/** Orders as they can be read. What asks the tables, but for {@link #ended}, throws {@link io.holdfast.failover.guard.DependencyUnavailableException}. */
public interface Orders {

    Optional<Order> find(UUID id);

    /**
     * Whether this instance has read all that waits: else what {@link #find} finds may have been changed by a write that it does not know. To
     * be asked before. Asks nobody.
     */
    boolean areAllKnown();

    /** What this instance holds, or has left behind, of the order that the tables need not have yet. Asks nobody. */
    Optional<Order> waiting(UUID id);

    /**
     * How the order ended, if this instance knows that it did, or the tables tell so within 200 ms. When they do not tell, whoever answers
     * the request hears that he may lack it.
     *
     * @param confirmed the order as it would be otherwise; what the tables have counts when it came later
     */
    Optional<Order> ended(Order confirmed);

    /**
     * A user's orders, newest first. Orders placed while someone pages through the list do not move the places that follow.
     *
     * @param status only these; null for all
     * @param after only what comes after this place; null for the beginning
     * @param limit at most so many; fewer, with a next place, when the orders are very long
     */
    OrderPage ofUser(UUID userId, @Nullable OrderStatus status, @Nullable Place after, int limit);
}
