package io.holdfast.order.storing;

import java.util.List;

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
    public void appendAll(List<Order> orders) {
        journal.appendAll(orders.stream()
                .map(order -> journal.stored(JournaledOrder.record(order, false)))
                .toList());
    }

    @Override
    public void appendAcknowledged(Order pending) {
        journal.append(JournaledOrder.record(pending, true));
    }
}
