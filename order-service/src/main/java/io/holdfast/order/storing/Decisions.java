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

    /** The decision, where this instance knows of one or the tables tell it at once. */
    Optional<Taken> find(UUID id) {
        Optional<Taken> noted = noted(id);
        return noted.filter(taken -> taken.order().isFinal())
                .or(() -> Stream.concat(noted.stream(), stored(id).map(Taken::whole).stream())
                        .max(LATER));
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
