package io.holdfast.order.placing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.holdfast.doors.text.Printable;
import io.holdfast.order.OrderItem;

/**
 * What a caller asks for. Components that validation has not looked at yet may be missing.
 *
 * @param userId for whom; an operator must say it, a customer orders for himself
 * @param placedAt when the order was placed; only an operator may say it
 */
record PlaceOrder(
        @Schema(example = "GBP", requiredMode = Schema.RequiredMode.REQUIRED)
        @NotNull(message = "is missing")
        @Pattern(regexp = "[A-Z]{3}", message = "must be three capital letters, such as GBP")
        String currency,

        @NotEmpty(message = "must hold at least one item")
        @Size(max = PlaceOrder.MAX_ITEMS, message = "must hold at most {max} items")
        List<@NotNull(message = "must not be null") @Valid Item> items,

        @Schema(description = "For whom: the operator's to say") @Nullable
        UUID userId,

        @Schema(description = "When it was placed, not in the future: the operator's to say") @Nullable
        Instant placedAt) {

    /** Items an order may have. */
    static final int MAX_ITEMS = 5_000;

    /**
     * A line of the order.
     *
     * @param description kept as it is, blanks included; none is the same as an empty one
     */
    record Item(
            @Schema(example = "85123A")
            @NotBlank(message = "must not be blank")
            @Size(max = 64, message = "must have at most {max} characters")
            @Printable
            String sku,

            @Schema(example = "WHITE HANGING HEART T-LIGHT HOLDER")
            @Size(max = 500, message = "must have at most {max} characters")
            @Printable
            @Nullable
            String description,

            @Schema(example = "6", requiredMode = Schema.RequiredMode.REQUIRED)
            @Min(value = 1, message = "must be at least {value}")
            @Max(value = 1_000_000, message = "must be at most {value}")
            int quantity,

            @Schema(example = "2.55")
            @NotNull(message = "is missing")
            @DecimalMin(value = "0.001", message = "must be at least {value}")
            @DecimalMax(value = "1000000", message = "must be at most {value}")
            @Digits(integer = 7, fraction = 3, message = "must have at most {fraction} decimals")
            BigDecimal unitPrice) {

        OrderItem toItem() {
            return new OrderItem(sku, description == null ? "" : description, quantity, unitPrice);
        }
    }

    List<OrderItem> orderItems() {
        return items.stream().map(Item::toItem).toList();
    }
}
