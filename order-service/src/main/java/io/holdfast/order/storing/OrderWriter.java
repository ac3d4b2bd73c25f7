package io.holdfast.order.storing;

import java.util.List;

import io.holdfast.order.Order;

/** Makes an order durable: first the journal, then the tables. The only way by which one is written. */
public interface OrderWriter {

    /** Where an order is kept that the tables may not have yet. */
    enum Kept {
        /** In the journal: it is applied, and shown until then. */
        JOURNAL,
        /** In the outbox, because Kafka gives no answer: it comes into the journal when that is back. */
        OUTBOX
    }

    /**
     * The first half: whatever happens from now on, what is kept comes to its end.
     *
     * @throws io.holdfast.failover.guard.DependencyUnavailableException when neither Kafka nor Cassandra takes it, as far as is known
     */
    Kept keep(Order order);

    /**
     * Keeps a pending order for which its customer is going to be told that it is taken. Whoever asks this instance from now on is shown
     * it.
     *
     * @param waitsFor what its decision waits for, as far as is known
     * @return the order, with its decision where one is known: of this order, or of another that has the same key
     * @throws io.holdfast.failover.guard.DependencyUnavailableException of {@code kafka}
     */
    Taken acknowledge(Order pending, String waitsFor);

    /**
     * Leaves a decided order to whoever applies the journal, because something else belongs to it that cannot happen now. Whoever asks from
     * now on is shown the order as it is kept: by this instance, and by any other one when Cassandra answered in the time that was left.
     */
    Taken leave(Order kept, String waitsFor);

    /**
     * The second half: the tables.
     *
     * @return waiting for Cassandra when that gives no answer and the journal has the order
     * @throws io.holdfast.failover.guard.DependencyUnavailableException when Cassandra gives no answer and the journal has not
     */
    Taken apply(Order decided, Kept kept);

    /** Both halves. */
    default Taken write(Order decided) {
        return apply(decided, keep(decided));
    }

    /**
     * Both halves for several orders of one user, side by side. What Cassandra gives no answer for is left for later, as {@link #apply}
     * leaves it.
     *
     * @throws io.holdfast.failover.guard.DependencyUnavailableException as {@link #keep} and {@link #apply}, of one or of all
     */
    default void writeAll(List<Order> decided) {
        decided.forEach(this::write);
    }
}
