package io.holdfast.order.storing;

import io.holdfast.order.Order;

/** Makes an order durable. The only way by which one is written. */
public interface OrderWriter {

    /**
     * Returns when the order is durable, whole, under its own timestamp. Writing it again, late, or after a write of a higher rank changes
     * nothing.
     *
     * @throws io.holdfast.failover.guard.DependencyUnavailableException when the outcome is unknown
     */
    void write(Order order);
}
