package io.holdfast.failover.guard;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.holdfast.failover.policy.DependencyPolicy;

/**
 * What can be seen of a guard.
 *
 * @param state of its circuit breaker: CLOSED, OPEN, HALF_OPEN or DISABLED
 * @param openSince when it opened, if it is open
 * @param recentCalls calls in the breaker's window, with those that failed and those that were slow
 * @param callsUnderWay calls that hold a place in the bulkhead
 */
public record GuardView(
        String dependency,
        String state,
        @Nullable Instant openSince,
        int recentCalls,
        int failedCalls,
        int slowCalls,
        int callsUnderWay,
        DependencyPolicy policy) {}
