package io.holdfast.order.reading;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.holdfast.order.Order;
import io.holdfast.order.OrderItem;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.RejectionReason;

/** An order as its owner sees it. */
@Schema(name = "Order")
public record OrderAnswer(
        UUID id,
        UUID userId,
        OrderStatus status,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Why it is REJECTED; absent otherwise")
        @Nullable
        RejectionReason reason,

        String currency,
        BigDecimal total,
        List<OrderItem> items,
        Instant placedAt,
        Instant changedAt) {

    public static OrderAnswer of(Order order) {
        return new OrderAnswer(
                order.id(),
                order.userId(),
                order.status(),
                order.reason(),
                order.currency(),
                order.total(),
                order.items(),
                order.placedAt(),
                order.changedAt());
    }
}
