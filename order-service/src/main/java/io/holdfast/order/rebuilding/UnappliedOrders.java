package io.holdfast.order.rebuilding;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** The orders with a write that was acknowledged, or may have been, and is not applied yet. A cancellation among them may stand in the tables already. */
interface UnappliedOrders {

    /**
     * Those of a user, whether anybody was told of them or not.
     *
     * @throws NotYetException when it cannot be proven that there are no others
     */
    Set<UUID> ofUser(UUID userId);

    /**
     * Returns when nothing from before a moment waits to be journaled.
     *
     * @throws NotYetException when something does
     */
    void requireJournaled(Instant moment);
}
