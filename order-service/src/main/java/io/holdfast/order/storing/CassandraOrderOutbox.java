package io.holdfast.order.storing;

import org.springframework.stereotype.Component;

import io.holdfast.order.Order;
import io.holdfast.storage.outbox.CassandraOutbox;

/** Keeps orders in the outbox of this service. */
@Component
class CassandraOrderOutbox implements OrderOutbox {

    private final CassandraOutbox outbox;

    CassandraOrderOutbox(CassandraOutbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void keep(Order order) {
        outbox.add(JournaledOrder.record(order, false));
    }
}
