package io.holdfast.order.storing;

import java.util.List;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.holdfast.failover.fallback.NearCache;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.apply.OwnWrites;
import io.holdfast.journal.overlay.Overlay;
import io.holdfast.order.Order;

/** Writes an order into the journal before the tables. While Kafka gives no answer, the outbox is its journal. */
@Component
class JournalFirst implements OrderWriter {

    private static final Logger log = LoggerFactory.getLogger(JournalFirst.class);

    private static final String CASSANDRA = "cassandra";

    private final OrderJournal journal;
    private final OrderOutbox outbox;
    private final OrderTables tables;
    private final OwnWrites written;
    private final NearCache<UUID, Order> known;
    private final Overlay<JournaledOrder> overlay;
    private final Decisions decisions;
    private final Doubt kafka = new Doubt();

    JournalFirst(
            OrderJournal journal,
            OrderOutbox outbox,
            OrderTables tables,
            OwnWrites written,
            NearCache<UUID, Order> known,
            Overlay<JournaledOrder> overlay,
            Decisions decisions) {
        this.journal = journal;
        this.outbox = outbox;
        this.tables = tables;
        this.written = written;
        this.known = known;
        this.overlay = overlay;
        this.decisions = decisions;
    }

    @Override
    public Kept keep(Order order) {
        boolean mayBeBack = kafka.isDoubted();
        if (areJournaled(List.of(order))) {
            return Kept.JOURNAL;
        }
        try {
            outbox.keep(order);
            return Kept.OUTBOX;
        } catch (DependencyUnavailableException away) {
            if (!mayBeBack) {
                throw away;
            }
        }
        // Nobody has waited for Kafka since it was doubted. Without Cassandra it is worth the wait.
        journal.append(order);
        return Kept.JOURNAL;
    }

    @Override
    public Taken acknowledge(Order pending, String waitsFor) {
        Decisions.Known before = decisions.find(pending.id());
        if (before.decision().isPresent()) {
            return before.decision().get();
        }
        journal.appendAcknowledged(pending);
        overlay.awaitHeld();
        return decisions.noted(pending.id()).orElseGet(() -> new Taken(pending, before.isAll() ? waitsFor : CASSANDRA));
    }

    @Override
    public void writeAll(List<Order> decided) {
        if (!areJournaled(decided)) {
            decided.forEach(this::write);
            return;
        }
        try {
            tables.writeAll(decided);
        } catch (DependencyUnavailableException away) {
            decided.forEach(order -> known.keep(order.id(), order));
            overlay.awaitHeld();
            return;
        }
        decided.forEach(this::noteWritten);
    }

    @Override
    public Taken leave(Order kept, String waitsFor) {
        try {
            tables.write(kept);
        } catch (DependencyUnavailableException away) {
            // Then the others show it as soon as they have read it in the journal.
            log.debug("order_left_to_the_journal id={}", kept.id());
        }
        return later(kept, waitsFor);
    }

    private Taken later(Order kept, String waitsFor) {
        known.keep(kept.id(), kept);
        overlay.awaitHeld();
        return new Taken(kept, waitsFor);
    }

    @Override
    public Taken apply(Order decided, Kept kept) {
        try {
            tables.write(decided);
        } catch (DependencyUnavailableException away) {
            if (kept == Kept.OUTBOX) {
                throw away;
            }
            return later(decided, away.dependency());
        }
        noteWritten(decided);
        return Taken.whole(decided);
    }

    private void noteWritten(Order decided) {
        known.keep(decided.id(), decided);
        written.note(decided.id().toString(), decided.timestamp());
    }

    private boolean areJournaled(List<Order> orders) {
        if (kafka.isDoubted()) {
            // Should they reach the journal as well as the outbox, they stand there twice, which changes nothing.
            kafka.tryUnwaited(() -> journal.appendAll(orders));
            return false;
        }
        try {
            journal.appendAll(orders);
            return true;
        } catch (DependencyUnavailableException away) {
            kafka.begin();
            return false;
        }
    }
}
