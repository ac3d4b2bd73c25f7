package io.holdfast.order.placing;

import java.util.UUID;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.caller.Caller;
import io.holdfast.order.reading.OrderAnswer;
import io.holdfast.order.reading.TakenAnswers;
import io.holdfast.order.storing.Taken;

@RestController
@Tag(name = "orders")
class PlacingDoor {

    private static final String KEY = "Idempotency-Key";

    private final Placing placing;
    private final TakenAnswers answers;

    PlacingDoor(Placing placing, TakenAnswers answers) {
        this.placing = placing;
        this.answers = answers;
    }

    @Operation(
            summary = "Place an order",
            description =
                    "The same key and body again means the same order and gets the same answer, for ever. Without a key one is made;"
                            + " every answer carries the key, also the one that says that the outcome is unknown.")
    @ApiResponse(responseCode = "201", description = "CONFIRMED or REJECTED", useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "202",
            description = "Taken and not finished: a part is away that it needs. Location tells how it goes",
            useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "422",
            description = "The key was used with another body, or the currency is not the credit's")
    @ApiResponse(
            responseCode = "503",
            description = "Outcome unknown, at most one order; repeat with the key to learn it")
    @PostMapping("/api/orders")
    ResponseEntity<OrderAnswer> place(
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = KEY, required = false)
                    @Pattern(regexp = "[\\x21-\\x7E]{1,128}", message = "must be 1 to 128 visible ASCII characters")
                    @Nullable
                    String key,
            @RequestBody @Valid PlaceOrder request,
            @Parameter(hidden = true) HttpServletResponse response) {
        String used = key == null ? UUID.randomUUID().toString() : key;
        response.setHeader(KEY, used);
        Taken taken = placing.place(caller, used, request);
        return answers.created(taken);
    }
}
