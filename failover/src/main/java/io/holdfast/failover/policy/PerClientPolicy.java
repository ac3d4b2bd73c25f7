package io.holdfast.failover.policy;

/**
 * How much one client may send. The operator, who works for many, is no client in this sense.
 *
 * @param rate a bucket for each client
 */
public record PerClientPolicy(boolean enabled, RateLimit rate) {}
