package io.holdfast.failover.policy;

/**
 * How much of this process one dependency may hold.
 *
 * @param concurrentCalls calls under way at the same time; one more is refused at once
 */
public record BulkheadPolicy(int concurrentCalls) {}
