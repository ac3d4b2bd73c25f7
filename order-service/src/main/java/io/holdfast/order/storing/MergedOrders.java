package io.holdfast.order.storing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.holdfast.failover.fallback.NearCache;
import io.holdfast.failover.fallback.QueuedWrites;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.journal.overlay.Finding.Absent;
import io.holdfast.journal.overlay.Finding.Present;
import io.holdfast.journal.overlay.Finding.Unknown;
import io.holdfast.journal.overlay.Overlay;
import io.holdfast.journal.overlay.Unapplied;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;

/** Orders as the tables have them, together with those that wait in the journal. */
@Component
class MergedOrders implements Orders {

    private static final String CASSANDRA = "cassandra";

    private final OrderTables tables;
    private final Overlay<JournaledOrder> overlay;
    private final NearCache<UUID, Order> known;
    private final QueuedWrites queued;
    private final Decisions decisions;

    MergedOrders(
            OrderTables tables,
            Overlay<JournaledOrder> overlay,
            NearCache<UUID, Order> known,
            QueuedWrites queued,
            Decisions decisions) {
        this.tables = tables;
        this.overlay = overlay;
        this.known = known;
        this.queued = queued;
        this.decisions = decisions;
    }

    @Override
    public Optional<Order> find(UUID id) {
        Optional<Order> waiting = held(id);
        if (waiting.isPresent() && queued.isInDoubt(CASSANDRA)) {
            return told(waiting.get());
        }
        Optional<Order> stored;
        try {
            stored = tables.find(id);
        } catch (DependencyUnavailableException away) {
            return told(held(id).orElseThrow(() -> away));
        }
        if (stored.isPresent()) {
            // What was held before the tables were asked may have been applied and dropped since.
            return Stream.of(stored, waiting, waiting(id))
                    .flatMap(Optional::stream)
                    .reduce(MergedOrders::later);
        }
        return switch (overlay.find(id.toString())) {
            case Present<JournaledOrder>(var record) ->
                Optional.of(record.row())
                        .filter(JournaledOrder::isPromised)
                        .map(JournaledOrder::order)
                        .map(order ->
                                waiting(id).map(last -> later(last, order)).orElse(order))
                        .or(() -> nowPromised(id));
            // It may have been applied between the two questions.
            case Absent<JournaledOrder> _ -> tables.find(id);
            case Unknown<JournaledOrder> _ -> throw unknown();
        };
    }

    private static DependencyUnavailableException unknown() {
        return new DependencyUnavailableException("kafka", Reason.FAILED, Duration.ofSeconds(1), null);
    }

    @Override
    public boolean areAllKnown() {
        return overlay.isCaughtUp();
    }

    /**
     * What is held is a request. Somebody may have been told since that it is taken, or the note of that may stand behind it in what has not
     * been read yet; and it may be applied by now.
     */
    private Optional<Order> nowPromised(UUID id) {
        boolean allHeld = overlay.awaitHeld();
        Optional<Order> found = waiting(id).or(() -> tables.find(id));
        if (found.isEmpty() && !allHeld) {
            throw unknown();
        }
        return found;
    }

    @Override
    public OrderPage ofUser(UUID userId, @Nullable OrderStatus status, @Nullable Place after, int limit) {
        Unapplied<JournaledOrder> unapplied = overlay.ofKey(userId.toString());
        List<Order> waiting = unapplied.records().stream()
                .map(JournalRecord::row)
                .filter(JournaledOrder::isPromised)
                .map(JournaledOrder::order)
                .toList();
        if (!unapplied.complete()) {
            queued.tellIncomplete("kafka");
        }
        OrderPage stored = tables.ofUser(userId, status, after, limit);
        return PageMerge.of(stored, waiting).page(status, after, limit);
    }

    /** What this instance told somebody lately counts, also when it could not read it back from the journal; unless a restore took it back. */
    @Override
    public Optional<Order> waiting(UUID id) {
        Optional<Order> left = known.lastKnown(id).filter(last -> !tables.wereReplacedSince(last.changedAt()));
        return Stream.of(held(id), left).flatMap(Optional::stream).reduce(MergedOrders::later);
    }

    @Override
    public Optional<Order> ended(Order confirmed) {
        Optional<Order> waiting = waiting(confirmed.id()).filter(Order::isFinal);
        if (waiting.isPresent()) {
            return waiting;
        }
        Optional<Optional<Order>> stored = decisions.stored(confirmed.id());
        if (stored.isEmpty()) {
            queued.tellIncomplete(CASSANDRA);
        }
        return stored.flatMap(row -> row)
                .filter(Order::isFinal)
                .filter(row -> JournaledOrder.DECISIONS.compare(row, confirmed) > 0);
    }

    private Optional<Order> held(UUID id) {
        return overlay.latest(id.toString())
                .map(JournalRecord::row)
                .filter(JournaledOrder::isPromised)
                .map(JournaledOrder::order);
    }

    /** A request that was repeated waits, though the order it means may have been decided long ago. */
    private Optional<Order> told(Order waiting) {
        queued.tell(CASSANDRA);
        return known.lastKnown(waiting.id()).map(last -> later(waiting, last)).or(() -> Optional.of(waiting));
    }

    static Order later(Order one, Order other) {
        return JournaledOrder.DECISIONS.compare(one, other) >= 0 ? one : other;
    }
}
