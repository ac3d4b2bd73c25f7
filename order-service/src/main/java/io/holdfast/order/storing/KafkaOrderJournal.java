package io.holdfast.order.storing;

import org.springframework.stereotype.Component;

import io.holdfast.journal.append.Journal;
import io.holdfast.order.Order;

/** Appends to {@code journal.orders}. */
@Component
class KafkaOrderJournal implements OrderJournal {

    private final Journal journal;

    KafkaOrderJournal(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void append(Order order) {
        journal.append(JournaledOrder.record(order, false));
    }

    @Override
    public void appendAcknowledged(Order pending) {
        journal.append(JournaledOrder.record(pending, true));
    }
}
