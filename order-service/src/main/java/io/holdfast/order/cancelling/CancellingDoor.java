package io.holdfast.order.cancelling;

import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.caller.Caller;
import io.holdfast.order.reading.OrderAnswer;

@RestController
@Tag(name = "orders")
class CancellingDoor {

    private final Cancelling cancelling;

    CancellingDoor(Cancelling cancelling) {
        this.cancelling = cancelling;
    }

    @Operation(
            summary = "Cancel an order",
            description = "Releases its credit. Cancelling a cancelled order changes nothing.")
    @ApiResponse(responseCode = "200", description = "CANCELLED", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "No such order, or another user's")
    @ApiResponse(responseCode = "409", description = "The order was rejected")
    @PostMapping("/api/orders/{id}/cancellation")
    OrderAnswer cancel(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return OrderAnswer.of(cancelling.cancel(caller, id));
    }
}
