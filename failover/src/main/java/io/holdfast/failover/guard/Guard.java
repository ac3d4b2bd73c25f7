package io.holdfast.failover.guard;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * Calls one dependency under the policy in force: bulkhead, timeout, circuit breaker and, where repeating is safe, retry.
 *
 * <p>A call runs on a virtual thread of its own that carries the caller's security context, MDC and observation. A call
 * that takes longer than the timeout is interrupted, so it must react to interruption to end early. An exception that is
 * an answer of the dependency (see {@link Answer}) reaches the caller unchanged; every other one counts as a failure and
 * reaches him as {@link DependencyUnavailableException}.
 */
public interface Guard {

    /** Calls at most once: for what must not happen twice. */
    <T extends @Nullable Object> T once(Callable<T> call);

    /** Calls again, within the policy, after a failure or timeout: for what may happen twice without harm. */
    <T extends @Nullable Object> T repeatable(Callable<T> call);

    default void once(Runnable call) {
        this.<@Nullable Object>once(() -> {
            call.run();
            return null;
        });
    }

    default void repeatable(Runnable call) {
        this.<@Nullable Object>repeatable(() -> {
            call.run();
            return null;
        });
    }
}
