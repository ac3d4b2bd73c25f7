package io.holdfast.order.storing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;

/**
 * The tables of orders: what has been applied, and only what is decided. All calls throw {@link
 * io.holdfast.failover.guard.DependencyUnavailableException} of {@code cassandra}.
 */
public interface OrderTables {

    /**
     * Returns when every table has the order, whole, under its own timestamp. Writing it again, late, or after a write of a higher rank
     * changes nothing; when there is no answer, it is unknown whether it was written.
     *
     * @param decided never a pending one: under which acceptance it will be decided is not agreed yet
     */
    default void write(Order decided) {
        writeAll(List.of(decided));
    }

    /** {@link #write} for several orders of one user, side by side. After a failure it is unknown which of them were written. */
    void writeAll(List<Order> decided);

    Optional<Order> find(UUID id);

    /** As {@link Orders#ofUser}. */
    OrderPage ofUser(UUID userId, @Nullable OrderStatus status, @Nullable Place after, int limit);

    /**
     * Users that have orders, in the order of their tokens.
     *
     * @param after only those that come after this one; null for the beginning
     * @param limit fewer than that means that there are no more
     */
    List<UUID> users(@Nullable UUID after, int limit);

    /** Whether a restore has replaced some of the tables then or later. */
    boolean wereReplacedSince(Instant then);

    /**
     * Asked by a reader who concludes something from what he has not found.
     *
     * @throws io.holdfast.failover.guard.DependencyUnavailableException {@code PAUSED}: a restore replaces tables right now, and what is
     *     missing may be on its way back
     */
    void requireProof();
}
