package io.holdfast.order.reading;

import java.util.UUID;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.page.Page;
import io.holdfast.order.OrderStatus;

@RestController
@Tag(name = "orders")
class ReadingDoor {

    private final Reading reading;

    ReadingDoor(Reading reading) {
        this.reading = reading;
    }

    @Operation(summary = "Read an order")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "No such order, or another user's")
    @GetMapping("/api/orders/{id}")
    OrderAnswer order(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return OrderAnswer.of(reading.shown(caller, id));
    }

    @Operation(
            summary = "List a user's orders, newest first",
            description =
                    "A page may hold fewer than the limit when its orders are very long; next tells whether more follow.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @GetMapping("/api/users/{userId}/orders")
    Page<OrderAnswer> orders(
            @Parameter(hidden = true) Caller caller,
            @PathVariable UUID userId,
            @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(defaultValue = "20")
                    @Min(value = 1, message = "must be at least {value}")
                    @Max(value = 100, message = "must be at most {value}")
                    int limit,
            @Parameter(description = "The next of the page before") @RequestParam(required = false) @Nullable
                    String cursor) {
        return reading.orders(caller, userId, status, cursor, limit).map(OrderAnswer::of);
    }
}
