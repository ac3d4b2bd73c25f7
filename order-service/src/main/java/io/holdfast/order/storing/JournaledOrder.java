package io.holdfast.order.storing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RowType;
import io.holdfast.order.Order;
import io.holdfast.order.OrderItem;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.RejectionReason;

/**
 * An order as the journal keeps it.
 *
 * @param accepted microseconds
 * @param acknowledged whether its customer was going to be told that it is taken, though it was pending
 */
public record JournaledOrder(
        UUID id,
        UUID userId,
        OrderStatus status,
        @Nullable RejectionReason reason,
        String currency,
        BigDecimal total,
        List<OrderItem> items,
        Instant placedAt,
        Instant changedAt,
        long accepted,
        String bodyHash,
        boolean acknowledged) {

    /**
     * Any decision comes after no decision, whatever their acceptances; among decisions the higher stamp counts. Of two cancellations at once the later counts, as
     * it does in the tables, where of two cells under one timestamp the larger stays.
     */
    static final Comparator<Order> DECISIONS = Comparator.comparing(Order::isDecided)
            .thenComparing(Order::timestamp)
            .thenComparing(Order::changedAt);

    /** Of those that are not decided the one comes last that its customer was told of; of several such the one that came first. */
    private static final Comparator<JournalRecord<JournaledOrder>> SUCCESSION = Comparator.comparing(
                    (JournalRecord<JournaledOrder> record) -> record.rank() > 0)
            .thenComparing(record -> record.row().acknowledged())
            .thenComparing((one, other) -> one.rank() > 0
                    ? one.stamp().compareTo(other.stamp())
                    : other.stamp().compareTo(one.stamp()))
            .thenComparing(record -> record.row().changedAt());

    /** Rows of the journal {@code orders}, by the key of their user. */
    public static final RowType<JournaledOrder> ROWS =
            RowType.first("orders", "order", JournaledOrder.class).succeeding(SUCCESSION);

    /** Whether somebody was told of it: a request that nobody has answered yet is no order. */
    boolean isPromised() {
        return acknowledged || status != OrderStatus.PENDING;
    }

    static JournalRecord<JournaledOrder> record(Order order, boolean acknowledged) {
        JournaledOrder row = new JournaledOrder(
                order.id(),
                order.userId(),
                order.status(),
                order.reason(),
                order.currency(),
                order.total(),
                order.items(),
                order.placedAt(),
                order.changedAt(),
                order.accepted().microseconds(),
                order.bodyHash(),
                acknowledged);
        return JournalRecord.upsert(ROWS, order.userId().toString(), order.id().toString(), row, order.timestamp());
    }

    public Order order() {
        return new Order(
                id, userId, status, reason, currency, total, items, placedAt, changedAt, new Stamp(accepted), bodyHash);
    }
}
