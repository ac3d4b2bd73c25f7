package io.holdfast.doors.problem;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** What validation found, as fields and messages for the caller. */
final class BadFields {

    static final Comparator<FieldError> BY_NAME =
            Comparator.comparing(FieldError::field).thenComparing(FieldError::message);

    private BadFields() {}

    static FieldError of(ObjectError error) {
        String field = error instanceof org.springframework.validation.FieldError named
                ? named.getField()
                : error.getObjectName();
        return new FieldError(field, message(error));
    }

    static List<FieldError> of(HandlerMethodValidationException invalid) {
        return invalid.getParameterValidationResults().stream()
                .flatMap(result -> result instanceof ParameterErrors body
                        ? body.getAllErrors().stream().map(BadFields::of)
                        : result.getResolvableErrors().stream()
                                .map(error -> new FieldError(name(result), message(error))))
                .sorted(BY_NAME)
                .toList();
    }

    /** How a caller would call a value of this type. */
    static String describe(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return switch (type.getSimpleName()) {
            case "UUID" -> "a UUID";
            case "int", "Integer", "long", "Long", "short", "Short", "BigInteger" -> "a whole number";
            case "BigDecimal", "double", "Double", "float", "Float" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            case "Instant", "OffsetDateTime" -> "a time such as 2026-01-31T12:00:00Z";
            case "String" -> "a text";
            default -> Collection.class.isAssignableFrom(type) || type.isArray() ? "a list" : "an object";
        };
    }

    private static String name(ParameterValidationResult result) {
        RequestHeader header = result.getMethodParameter().getParameterAnnotation(RequestHeader.class);
        return header != null && !header.name().isEmpty()
                ? header.name()
                : Objects.requireNonNullElse(result.getMethodParameter().getParameterName(), "parameter");
    }

    private static String message(MessageSourceResolvable error) {
        return Objects.requireNonNullElse(error.getDefaultMessage(), "is not valid");
    }
}
