package io.holdfast.order.storing;

import java.util.List;

import io.holdfast.order.Order;

/** The journal of orders. */
public interface OrderJournal {

    /**
     * Appends the order as it is and returns when every replica in sync has it.
     *
     * @throws io.holdfast.failover.guard.DependencyUnavailableException of {@code kafka}; the order may stand in the journal all the same
     */
    default void append(Order order) {
        appendAll(List.of(order));
    }

    /** {@link #append} for several orders side by side. After a failure any of them may stand in the journal. */
    void appendAll(List<Order> orders);

    /**
     * Appends a pending order once more, with the note that its customer is going to be told that it is taken: from then on it has to
     * come to an end that he can see, be it a refusal.
     *
     * @throws io.holdfast.failover.guard.DependencyUnavailableException as above
     */
    void appendAcknowledged(Order pending);
}
