package io.holdfast.order.deadletter;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.holdfast.journal.deadletter.DeadLetter;
import io.holdfast.journal.deadletter.FullDeadLetter;

/** A dead letter as the operator sees it. What cannot be read of it is null. */
@Schema(name = "DeadLetter")
record DeadLetterAnswer(
        @Schema(example = "orders-17") String id,

        @Schema(example = "orders") String journal,

        @Schema(description = "Class and message of the last failure") @Nullable
        String reason,

        @Schema(description = "When it could first not be applied") @Nullable
        Instant failedAt,

        @Schema(description = "When it came into the journal")
        Instant appendedAt,

        @Schema(description = "Where in the journal it stands", example = "journal.orders-3@1234")
        String from,

        @Schema(description = "The instance that wrote it") @Nullable
        String writtenBy,

        @Schema(description = "The key it stands under: a user's id") @Nullable
        String key,

        @Schema(description = "Of the row") @Nullable String rowId,

        @Schema(description = "UPSERT or DELETE") @Nullable String operation,

        @Schema(description = "The kind of row and its version", example = "order 1") @Nullable
        String kind,

        @Schema(description = "Microseconds since 1970: what the row is written under") @Nullable
        Long timestamp,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                type = "object",
                description = "The row, secrets masked; absent in lists, and where it is no JSON object")
        @Nullable
        JsonNode row,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "What stands in the place of a row, secrets masked; absent otherwise")
        @Nullable
        String text) {

    static DeadLetterAnswer of(DeadLetter letter) {
        return of(letter, null, null);
    }

    static DeadLetterAnswer of(FullDeadLetter full) {
        ShownRow shown = ShownRow.of(full.value());
        return of(full.letter(), shown.json(), shown.text());
    }

    private static DeadLetterAnswer of(DeadLetter letter, @Nullable JsonNode row, @Nullable String text) {
        return new DeadLetterAnswer(
                LetterId.of(letter).toString(),
                letter.journal(),
                letter.reason() == null ? null : ShownRow.maskedText(letter.reason()),
                letter.failedAt(),
                letter.appendedAt(),
                letter.from(),
                letter.node(),
                letter.key(),
                letter.id(),
                letter.operation(),
                letter.row() == null ? null : letter.row() + " " + letter.rowVersion(),
                letter.timestamp(),
                row,
                text);
    }
}
