package io.holdfast.order.storing;

import io.holdfast.journal.record.JournalRecord;
import io.holdfast.order.Order;

/** What another instance would append. */
public final class WrittenElsewhere {

    private WrittenElsewhere() {}

    public static JournalRecord<JournaledOrder> record(Order order) {
        return JournaledOrder.record(order, false);
    }
}
