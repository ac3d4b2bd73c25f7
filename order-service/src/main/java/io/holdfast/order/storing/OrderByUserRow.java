package io.holdfast.order.storing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.springframework.data.cassandra.core.cql.PrimaryKeyType;
import org.springframework.data.cassandra.core.mapping.Column;
import org.springframework.data.cassandra.core.mapping.Frozen;
import org.springframework.data.cassandra.core.mapping.PrimaryKeyColumn;
import org.springframework.data.cassandra.core.mapping.Table;

import io.holdfast.order.Order;

/** An order as {@code orders_by_user} keeps it. */
@Table("orders_by_user")
record OrderByUserRow(
        @PrimaryKeyColumn(name = "user_id", ordinal = 0, type = PrimaryKeyType.PARTITIONED)
        UUID userId,

        @PrimaryKeyColumn(name = "month", ordinal = 1, type = PrimaryKeyType.PARTITIONED)
        int month,

        @PrimaryKeyColumn(name = "placed_at", ordinal = 2) Instant placedAt,
        @PrimaryKeyColumn(name = "id", ordinal = 3) UUID id,
        String status,
        String reason,
        String currency,
        BigDecimal total,
        @Frozen List<OrderItemRow> items,
        @Column("changed_at") Instant changedAt,
        long accepted,
        @Column("body_hash") String bodyHash) {

    static OrderByUserRow of(Order order, List<OrderItemRow> items) {
        return new OrderByUserRow(
                order.userId(),
                Place.of(order).month(),
                order.placedAt(),
                order.id(),
                order.status().name(),
                RowTexts.reason(order.reason()),
                order.currency(),
                order.total(),
                items,
                order.changedAt(),
                order.accepted().microseconds(),
                order.bodyHash());
    }

    Order order() {
        return RowTexts.order(
                id, userId, status, reason, currency, total, items, placedAt, changedAt, accepted, bodyHash);
    }
}
