package io.holdfast.order.storing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.holdfast.journal.clock.Stamp;
import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.RejectionReason;

/** How cells and orders become one another, the same for both tables. */
final class RowTexts {

    private static final String NONE = "";

    private RowTexts() {}

    static String reason(@Nullable RejectionReason reason) {
        return reason == null ? NONE : reason.name();
    }

    static Order order(
            UUID id,
            UUID userId,
            String status,
            String reason,
            String currency,
            BigDecimal total,
            List<OrderItemRow> items,
            Instant placedAt,
            Instant changedAt,
            long accepted,
            String bodyHash) {
        return new Order(
                id,
                userId,
                OrderStatus.valueOf(status),
                reason.equals(NONE) ? null : RejectionReason.valueOf(reason),
                currency,
                total,
                items.stream().map(OrderItemRow::item).toList(),
                placedAt,
                changedAt,
                new Stamp(accepted),
                bodyHash);
    }
}
