package io.holdfast.failover.policy;

import org.jspecify.annotations.Nullable;

/**
 * One line of a policy before anything is known about it.
 *
 * @param key the full key, such as {@code failover.dependencies.kafka.timeout}
 * @param value as YAML read it; empty for a key without value
 * @param file where it stands
 * @param line counted from 1; 0 when unknown
 */
public record PolicyEntry(String key, @Nullable Object value, String file, int line) {

    String text() {
        return value == null ? "" : value.toString().strip();
    }
}
