package io.holdfast.doors.problem;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import io.holdfast.failover.guard.Answer;

/** A refusal that the caller is told about: it becomes a problem+json answer. Its texts must hold nothing internal. */
public final class ProblemException extends RuntimeException implements Answer {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String title;
    private final String detail;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;
    private final @Nullable String dependency;

    public ProblemException(HttpStatus status, String title, String detail, List<FieldError> errors) {
        this(status, title, detail, errors, null, null);
    }

    private ProblemException(
            HttpStatus status,
            String title,
            String detail,
            List<FieldError> errors,
            @Nullable Duration retryAfter,
            @Nullable String dependency) {
        super(status.value() + " " + title + ": " + detail, null, false, false);
        this.status = status;
        this.title = title;
        this.detail = detail;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
        this.dependency = dependency;
    }

    /** 400: one field cannot be taken; the message says what it must be. */
    public static ProblemException badField(String field, String message) {
        return new ProblemException(
                HttpStatus.BAD_REQUEST, "Bad request", field + " " + message, List.of(new FieldError(field, message)));
    }

    /** 401: the call needs a token. */
    public static ProblemException tokenMissing() {
        return new ProblemException(
                HttpStatus.UNAUTHORIZED, "Unauthorized", "This call needs a bearer token", List.of());
    }

    /** 403: the caller is known and may not do this. */
    public static ProblemException forbidden(String detail) {
        return new ProblemException(HttpStatus.FORBIDDEN, "Forbidden", detail, List.of());
    }

    /** 404: there is no such thing, or none that the caller may know of. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(HttpStatus.NOT_FOUND, "Not found", detail, List.of());
    }

    /** 409: what is there forbids it. */
    public static ProblemException conflict(String detail) {
        return new ProblemException(HttpStatus.CONFLICT, "Conflict", detail, List.of());
    }

    /** 422: well formed, and still not to be done; the message says what the field must be. */
    public static ProblemException unprocessable(String field, String message) {
        return new ProblemException(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "Unprocessable content",
                field + " " + message,
                List.of(new FieldError(field, message)));
    }

    /** 503 with Retry-After: not now. */
    public static ProblemException unavailable(String detail, Duration retryAfter) {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE, "Service unavailable", detail, List.of(), retryAfter, null);
    }

    /** 503 with Retry-After, because a dependency gives no answer; the message says what that means here. */
    public static ProblemException unavailable(String detail, Duration retryAfter, String dependency) {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE, "Service unavailable", detail, List.of(), retryAfter, dependency);
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return detail;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** When to come again; only for 503. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Whose answer is missing; null unless it is a 503 for that reason. */
    public @Nullable String dependency() {
        return dependency;
    }
}
