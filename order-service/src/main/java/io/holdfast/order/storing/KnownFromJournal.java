package io.holdfast.order.storing;

import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;

import io.holdfast.failover.fallback.NearCache;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.overlay.JournalReader;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RowType;
import io.holdfast.order.Order;

/**
 * Gets to know from the journal what other instances decided, and what this one had before its start. So while Cassandra is away an order that
 * was shown decided lately is not shown undecided by an instance that was not there.
 */
@Component
class KnownFromJournal implements JournalReader<JournaledOrder> {

    private final NearCache<UUID, Order> known;

    KnownFromJournal(NearCache<UUID, Order> known) {
        this.known = known;
    }

    @Override
    public RowType<JournaledOrder> rows() {
        return JournaledOrder.ROWS;
    }

    @Override
    public boolean wants(String id, Stamp stamp) {
        return stamp.rank() > 0
                && idOf(id).filter(order -> !isKnown(order, stamp)).isPresent();
    }

    private boolean isKnown(UUID id, Stamp stamp) {
        return known.lastKnown(id)
                .filter(order -> order.timestamp().compareTo(stamp) >= 0)
                .isPresent();
    }

    private static Optional<UUID> idOf(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notOfAnOrder) {
            return Optional.empty();
        }
    }

    @Override
    public void read(JournalRecord<JournaledOrder> record) {
        Order order = record.row().order();
        known.keep(order.id(), order);
    }
}
