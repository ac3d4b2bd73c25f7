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
     * Of two writes of an order the later one: any decision before no decision, whatever their acceptances. Among decisions the higher
     * stamp; among requests that are not decided the earlier one, because it comes first.
     */
    static final Comparator<Stamp> SUCCESSION = Comparator.comparing((Stamp stamp) -> stamp.rank() > 0)
            .thenComparing((one, other) -> one.rank() > 0 ? one.compareTo(other) : other.compareTo(one));

    /** Rows of the journal {@code orders}, by the key of their user. */
    public static final RowType<JournaledOrder> ROWS =
            RowType.first("orders", "order", JournaledOrder.class).succeeding(SUCCESSION);

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
