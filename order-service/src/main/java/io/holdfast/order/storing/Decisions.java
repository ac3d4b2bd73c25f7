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
import io.holdfast.journal.overlay.Unapplied;
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
     * @param isAll whether there is no later one in Cassandra
     */
    record Known(Optional<Taken> decision, boolean isAll) {}

    /** What this instance knows or the tables tell at once. */
    Known find(UUID id) {
        Optional<Taken> waiting = waiting(id);
        if (waiting.filter(Decisions::isFinal).isPresent()) {
            return new Known(waiting, true);
        }
        Optional<Order> remembered = known.lastKnown(id);
        Optional<Optional<Order>> stored = stored(id);
        if (remembered.isPresent()
                && isBehind(stored, remembered.get())
                && tables.wereReplacedSince(remembered.get().changedAt())) {
            stored = storedAfterAll(id, stored, remembered.get());
        }
        Optional<Taken> noted = noted(id);
        return stored.map(row -> new Known(
                        Stream.concat(noted.stream(), row.map(Taken::whole).stream())
                                .max(LATER),
                        true))
                .orElseGet(() -> untold(noted));
    }

    private Known untold(Optional<Taken> noted) {
        return noted.filter(Decisions::isFinal)
                        .filter(taken -> !tables.wereReplacedSince(taken.order().changedAt()))
                        .isPresent()
                ? new Known(noted, true)
                : new Known(noted.map(taken -> new Taken(taken.order(), CASSANDRA)), false);
    }

    private static boolean isFinal(Taken taken) {
        return taken.order().isFinal();
    }

    /**
     * Asks the tables again, when after a restore they have nothing of an order that is remembered, or less. It may be on its way there: what was decided while Cassandra
     * was away waits in the journal. If it is proven that no decision waits, a restore has taken it back, and it is forgotten: an instance that
     * was started since knows of it from the journal, which no restore touches.
     */
    private Optional<Optional<Order>> storedAfterAll(UUID id, Optional<Optional<Order>> first, Order remembered) {
        Unapplied<JournaledOrder> unapplied = overlay.ofKey(remembered.userId().toString());
        boolean waits = unapplied.records().stream()
                .map(record -> record.row().order())
                .anyMatch(order -> order.id().equals(id) && order.isDecided());
        if (waits || !unapplied.complete()) {
            return first;
        }
        Optional<Optional<Order>> stored = stored(id);
        if (isBehind(stored, remembered)) {
            known.forget(id, remembered);
        }
        return stored;
    }

    private static boolean isBehind(Optional<Optional<Order>> stored, Order remembered) {
        return stored.isPresent()
                && stored.get()
                        .filter(row -> JournaledOrder.DECISIONS.compare(row, remembered) >= 0)
                        .isEmpty();
    }

    /** The decision as far as this instance knows of one. Asks nobody. */
    Optional<Taken> noted(UUID id) {
        Optional<Taken> remembered =
                known.lastKnown(id).filter(Order::isDecided).map(Taken::whole);
        return Stream.concat(waiting(id).stream(), remembered.stream()).max(LATER);
    }

    /** The decision that is not in the tables yet. */
    private Optional<Taken> waiting(UUID id) {
        return overlay.latest(id.toString())
                .map(JournalRecord::row)
                .map(JournaledOrder::order)
                .filter(Order::isDecided)
                .map(order -> new Taken(order, CASSANDRA));
    }

    /** Empty when the tables do not tell. */
    Optional<Optional<Order>> stored(UUID id) {
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
