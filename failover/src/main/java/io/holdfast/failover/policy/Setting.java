package io.holdfast.failover.policy;

/**
 * One key a dependency may have.
 *
 * @param key below the dependency's name, such as {@code retry.attempts}
 * @param values which values it takes
 */
record Setting<T>(String key, Values<T> values) {}
