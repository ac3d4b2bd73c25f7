package io.holdfast.doors.problem;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Why a body could not be read, in the caller's words: too large, no JSON, an unknown field, a field of another type. */
record UnreadableBody(HttpStatus status, String title, String detail, List<FieldError> errors) {

    static UnreadableBody of(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            UnreadableBody known = known(cause);
            if (known != null) {
                return known;
            }
        }
        return badRequest("The body is missing or cannot be read as JSON", List.of());
    }

    private static @Nullable UnreadableBody known(Throwable cause) {
        return switch (cause) {
            case BodyTooLargeException tooLarge ->
                new UnreadableBody(HttpStatus.CONTENT_TOO_LARGE, "Content too large", tooLarge.detail(), List.of());
            case UnrecognizedPropertyException unknown -> field(path(unknown), "is not known here");
            case MismatchedInputException mismatch ->
                field(path(mismatch), "must be " + BadFields.describe(mismatch.getTargetType()));
            case InputCoercionException outOfRange -> field(path(outOfRange), "is out of range");
            case StreamReadException malformed -> badRequest("The body is not valid JSON" + at(malformed), List.of());
            case JacksonException other when !other.getPath().isEmpty() -> field(path(other), "cannot be taken");
            default -> null;
        };
    }

    private static UnreadableBody field(String field, String message) {
        return field.isEmpty()
                ? badRequest("The body " + message, List.of())
                : badRequest(field + " " + message, List.of(new FieldError(field, message)));
    }

    private static UnreadableBody badRequest(String detail, List<FieldError> errors) {
        return new UnreadableBody(HttpStatus.BAD_REQUEST, "Bad request", detail, errors);
    }

    private static String at(StreamReadException malformed) {
        var location = malformed.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static String path(JacksonException at) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : at.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }
}
