package io.holdfast.order.storing;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;

import io.holdfast.failover.fallback.NearCache;
import io.holdfast.failover.fallback.QueuedWrites;
import io.holdfast.failover.fallback.Unwaited;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.overlay.Overlay;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.order.Order;

/** What an order is known to have become, for somebody who is answered now and cannot wait for what is away. */
@Component
class Decisions {

    private static final String CASSANDRA = "cassandra";
    private static final Duration A_READ = Duration.ofMillis(200);

    private final OrderTables tables;
    private final Overlay<JournaledOrder> overlay;
    private final NearCache<UUID, Order> known;
    private final QueuedWrites queued;

    Decisions(OrderTables tables, Overlay<JournaledOrder> overlay, NearCache<UUID, Order> known, QueuedWrites queued) {
        this.tables = tables;
        this.overlay = overlay;
        this.known = known;
        this.queued = queued;
    }

    /** The decision, where this instance knows of one or the tables tell it at once. */
    Optional<Taken> find(UUID id) {
        return noted(id).or(() -> stored(id).map(Taken::whole));
    }

    /** The decision as far as this instance knows of one. Asks nobody. */
    Optional<Taken> noted(UUID id) {
        return overlay.latest(id.toString())
                .map(JournalRecord::row)
                .map(JournaledOrder::order)
                .filter(Order::isDecided)
                .map(order -> new Taken(order, CASSANDRA))
                .or(() -> known.lastKnown(id).filter(Order::isDecided).map(Taken::whole));
    }

    private Optional<Order> stored(UUID id) {
        if (queued.isInDoubt(CASSANDRA)) {
            return Optional.empty();
        }
        try {
            return Unwaited.within(A_READ, "decision", () -> tables.find(id)).flatMap(order -> order);
        } catch (DependencyUnavailableException away) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
