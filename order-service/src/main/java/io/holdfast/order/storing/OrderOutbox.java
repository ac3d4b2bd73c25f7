package io.holdfast.order.storing;

import io.holdfast.order.Order;

/** Takes orders while Kafka is away; the relay of the journal appends them later. */
public interface OrderOutbox {

    /**
     * Returns when Cassandra has the entry.
     *
     * @throws io.holdfast.failover.guard.DependencyUnavailableException of {@code cassandra}; the entry may be there all the same
     */
    void keep(Order order);
}
