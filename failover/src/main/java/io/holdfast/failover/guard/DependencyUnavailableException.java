package io.holdfast.failover.guard;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A dependency gave no answer: it failed, was too slow, or was not asked because its guard is open or full. An expected
 * failure, so it has no stack trace of its own; the cause, if any, keeps its trace and must not be shown to a caller.
 */
public final class DependencyUnavailableException extends RuntimeException {

    /** Why there was no answer. */
    public enum Reason {
        /** No answer within the timeout; what the dependency did is unknown. */
        TIMEOUT,
        /** Not asked: the circuit breaker is open. */
        OPEN,
        /** Not asked: as many calls as the bulkhead allows are under way. */
        FULL,
        /** Not asked: it is not to be written into for a while. */
        PAUSED,
        /** Asked, and failed. */
        FAILED,
        /** Not asked, or not waited for to the end: the deadline of the request has passed. */
        EXPIRED
    }

    private final String dependency;
    private final Reason reason;
    private final Duration retryAfter;

    public DependencyUnavailableException(
            String dependency, Reason reason, Duration retryAfter, @Nullable Throwable cause) {
        super(describe(dependency, reason, cause), cause, false, false);
        this.dependency = dependency;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    private static String describe(String dependency, Reason reason, @Nullable Throwable cause) {
        return switch (reason) {
            case TIMEOUT -> dependency + " did not answer in time";
            case OPEN -> dependency + " is not asked: its circuit breaker is open";
            case FULL -> dependency + " is not asked: too many calls are under way";
            case PAUSED -> dependency + " is not written into: a restore replaces tables there";
            case EXPIRED -> dependency + " is not waited for: the deadline of the request has passed";
            case FAILED -> dependency + " failed" + (cause == null ? "" : ": " + cause);
        };
    }

    public String dependency() {
        return dependency;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether the dependency may have been asked: if not, it did nothing for certain. */
    public boolean wasAsked() {
        return switch (reason) {
            case OPEN, FULL, PAUSED -> false;
            case TIMEOUT, FAILED, EXPIRED -> true;
        };
    }

    /** When it makes sense to ask again; at least a second. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
