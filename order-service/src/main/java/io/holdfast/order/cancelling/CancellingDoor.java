package io.holdfast.order.cancelling;

import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.caller.Caller;
import io.holdfast.order.reading.OrderAnswer;
import io.holdfast.order.reading.TakenAnswers;

@RestController
@Tag(name = "orders")
class CancellingDoor {

    private final Cancelling cancelling;
    private final TakenAnswers answers;

    CancellingDoor(Cancelling cancelling, TakenAnswers answers) {
        this.cancelling = cancelling;
        this.answers = answers;
    }

    @Operation(
            summary = "Cancel an order",
            description = "Releases its credit. Cancelling a cancelled order changes nothing.")
    @ApiResponse(responseCode = "200", description = "CANCELLED", useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "202",
            description = "CANCELLED; its credit is released as soon as the part is back that gives no answer",
            useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "No such order, or another user's")
    @ApiResponse(responseCode = "409", description = "The order was rejected")
    @PostMapping("/api/orders/{id}/cancellation")
    ResponseEntity<OrderAnswer> cancel(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        return answers.changed(cancelling.cancel(caller, id));
    }
}
