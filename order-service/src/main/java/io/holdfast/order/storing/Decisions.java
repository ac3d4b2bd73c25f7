package io.holdfast.order.storing;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

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
    private static final Comparator<Taken> LATER = Comparator.comparing(Taken::order, JournaledOrder.DECISIONS);

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

    /**
     * What is known.
     *
     * @param decision without one none is known; waiting for Cassandra when there may be a later one
     * @param isAll whether Cassandra was asked too
     */
    record Known(Optional<Taken> decision, boolean isAll) {}

    /** What this instance knows or the tables tell at once. */
    Known find(UUID id) {
        Optional<Taken> noted = noted(id);
        if (noted.filter(taken -> taken.order().isFinal()).isPresent()) {
            return new Known(noted, true);
        }
        return stored(id)
                .map(row -> new Known(
                        Stream.concat(noted.stream(), row.map(Taken::whole).stream())
                                .max(LATER),
                        true))
                .orElseGet(() -> new Known(noted.map(taken -> new Taken(taken.order(), CASSANDRA)), false));
    }

    /** The decision as far as this instance knows of one. Asks nobody. */
    Optional<Taken> noted(UUID id) {
        Optional<Taken> waiting = overlay.latest(id.toString())
                .map(JournalRecord::row)
                .map(JournaledOrder::order)
                .filter(Order::isDecided)
                .map(order -> new Taken(order, CASSANDRA));
        Optional<Taken> remembered =
                known.lastKnown(id).filter(Order::isDecided).map(Taken::whole);
        return Stream.concat(waiting.stream(), remembered.stream()).max(LATER);
    }

    /** Empty when the tables do not tell. */
    private Optional<Optional<Order>> stored(UUID id) {
        if (queued.isInDoubt(CASSANDRA)) {
            return Optional.empty();
        }
        try {
            return Unwaited.within(A_READ, "decision", () -> tables.find(id));
        } catch (DependencyUnavailableException away) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
