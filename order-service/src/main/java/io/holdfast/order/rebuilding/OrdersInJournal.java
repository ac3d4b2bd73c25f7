package io.holdfast.order.rebuilding;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import io.holdfast.journal.outbox.OutboxStore;
import io.holdfast.journal.overlay.Overlay;
import io.holdfast.journal.overlay.Unapplied;
import io.holdfast.order.storing.JournaledOrder;

/** As the journal has them, and the outbox that is its place while Kafka is away. */
@Component
class OrdersInJournal implements UnappliedOrders {

    private final Overlay<JournaledOrder> overlay;
    private final OutboxStore outbox;

    OrdersInJournal(Overlay<JournaledOrder> overlay, OutboxStore outbox) {
        this.overlay = overlay;
        this.outbox = outbox;
    }

    @Override
    public Set<UUID> ofUser(UUID userId) {
        Unapplied<JournaledOrder> unapplied = overlay.ofKey(userId.toString());
        if (!unapplied.complete()) {
            throw new NotYetException("it cannot be learnt which orders of user " + userId + " are not applied");
        }
        return unapplied.records().stream().map(record -> record.row().id()).collect(Collectors.toSet());
    }

    @Override
    public void requireJournaled(Instant moment) {
        long waiting = outbox.partitions().stream()
                .filter(partition -> partition.minute().isBefore(moment))
                .count();
        if (waiting > 0) {
            throw new NotYetException(waiting + " partitions of the outbox are not journaled");
        }
    }
}
