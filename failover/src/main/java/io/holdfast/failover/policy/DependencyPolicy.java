package io.holdfast.failover.policy;

import java.time.Duration;

/**
 * How one dependency is called.
 *
 * @param timeout how long one attempt may take
 */
public record DependencyPolicy(
        Duration timeout,
        RetryPolicy retry,
        CircuitBreakerPolicy circuitBreaker,
        BulkheadPolicy bulkhead,
        Routing routing,
        Fallback fallback) {}
