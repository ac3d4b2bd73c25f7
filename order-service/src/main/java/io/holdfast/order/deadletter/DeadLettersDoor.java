package io.holdfast.order.deadletter;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.page.Page;

/** Writes that no try could apply: looked at, tried again, discarded. For operators. */
@RestController
@RequestMapping("/api/dead-letters")
@Tag(name = "dead letters")
class DeadLettersDoor {

    private final LetterBox box;

    DeadLettersDoor(LetterBox box) {
        this.box = box;
    }

    @Operation(summary = "List the open dead letters, newest first", description = "For operators.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @GetMapping
    Page<DeadLetterAnswer> letters(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "All journals when absent", example = "orders")
                    @RequestParam(required = false)
                    @Nullable
                    String journal,
            @RequestParam(defaultValue = "20")
                    @Min(value = 1, message = "must be at least {value}")
                    @Max(value = 100, message = "must be at most {value}")
                    int limit,
            @Parameter(description = "The next of the page before") @RequestParam(required = false) @Nullable
                    String cursor) {
        caller.requireOperator();
        return box.page(journal, cursor, limit).map(DeadLetterAnswer::of);
    }

    @Operation(
            summary = "Read a dead letter with its row",
            description = "For operators. Secrets in the row are masked.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "No such letter, or it was replayed or discarded")
    @GetMapping("/{id}")
    DeadLetterAnswer letter(@Parameter(hidden = true) Caller caller, @PathVariable String id) {
        caller.requireOperator();
        return DeadLetterAnswer.of(box.find(LetterId.parse(id)));
    }

    @Operation(
            summary = "Replay a dead letter",
            description =
                    "For operators. Its record is appended to its journal again. One that still cannot be applied comes back as"
                            + " another letter.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "No such letter, or it was replayed or discarded")
    @PostMapping("/{id}/replays")
    Replayed replay(@Parameter(hidden = true) Caller caller, @PathVariable String id) {
        caller.requireOperator();
        box.replay(caller, LetterId.parse(id));
        return new Replayed(1);
    }

    @Operation(
            summary = "Replay all dead letters",
            description = "For operators. After a 503 some may have been replayed; ask again for the others.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @PostMapping("/replays")
    Replayed replayAll(
            @Parameter(hidden = true) Caller caller, @RequestBody(required = false) @Nullable ReplayRequest request) {
        caller.requireOperator();
        return new Replayed(box.replayAll(caller, request == null ? null : request.journal()));
    }

    @Operation(
            summary = "Discard a dead letter",
            description = "For operators. What it holds is never applied; nothing brings it back.")
    @ApiResponse(responseCode = "204")
    @ApiResponse(responseCode = "404", description = "No such letter, or it was replayed or discarded")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@Parameter(hidden = true) Caller caller, @PathVariable String id) {
        caller.requireOperator();
        box.discard(caller, LetterId.parse(id));
    }
}
