package io.holdfast.order.storing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.springframework.data.cassandra.core.mapping.Column;
import org.springframework.data.cassandra.core.mapping.Frozen;
import org.springframework.data.cassandra.core.mapping.PrimaryKey;
import org.springframework.data.cassandra.core.mapping.Table;

import io.holdfast.order.Order;

/** An order as {@code orders} keeps it. Nothing is null, so that a write replaces every cell and leaves no tombstone. */
@Table("orders")
record OrderRow(
        @PrimaryKey UUID id,
        @Column("user_id") UUID userId,
        String status,
        String reason,
        String currency,
        BigDecimal total,
        @Frozen List<OrderItemRow> items,
        @Column("placed_at") Instant placedAt,
        @Column("changed_at") Instant changedAt,
        long accepted,
        @Column("body_hash") String bodyHash) {

    static OrderRow of(Order order, List<OrderItemRow> items) {
        return new OrderRow(
                order.id(),
                order.userId(),
                order.status().name(),
                RowTexts.reason(order.reason()),
                order.currency(),
                order.total(),
                items,
                order.placedAt(),
                order.changedAt(),
                order.accepted().microseconds(),
                order.bodyHash());
    }

    Order order() {
        return RowTexts.order(
                id, userId, status, reason, currency, total, items, placedAt, changedAt, accepted, bodyHash);
    }
}
