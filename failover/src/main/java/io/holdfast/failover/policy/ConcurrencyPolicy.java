package io.holdfast.failover.policy;

/**
 * How many requests of a route may be under way. The limit follows how long they take, between two bounds.
 *
 * @param initial the limit before anything is known
 * @param minimum so many are always let in
 * @param maximum never more than so many
 */
public record ConcurrencyPolicy(boolean enabled, int initial, int minimum, int maximum) {}
