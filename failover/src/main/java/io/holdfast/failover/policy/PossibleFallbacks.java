package io.holdfast.failover.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can take the place of a dependency's answer. A policy that named anything else would be accepted and not obeyed. */
public final class PossibleFallbacks {

    /** Of what the platform itself depends on: only Cassandra's rows are remembered, only user-service's part of an order can follow. */
    static final Map<String, List<String>> OF_THE_PLATFORM = Map.of(
            "cassandra", List.of("cached", "fail"),
            "user-service", List.of("fail", "queue"),
            "backup-service", List.of("fail"),
            "cassandra-schema", List.of("fail"),
            "config-service", List.of("fail"),
            "kafka", List.of("fail"),
            "order-service", List.of("fail"),
            "repository", List.of("fail"));

    /** Of anything else: the service that asks it may keep what it was answered. */
    static final List<String> OF_OTHERS = List.of("cached", "fail");

    private static final Map<String, String> REASONS = Map.of(
            "cached", "'cached' is not for %s: nothing keeps what it answered",
            "queue", "'queue' is for user-service only: its orders can be completed later");

    private PossibleFallbacks() {}

    /** The names of what the platform itself depends on. */
    public static Set<String> platform() {
        return OF_THE_PLATFORM.keySet();
    }

    static List<String> of(String dependency) {
        return OF_THE_PLATFORM.getOrDefault(dependency, OF_OTHERS);
    }

    /** Whether this is a fallback, but none of this dependency's. */
    static boolean excludes(String dependency, String fallback) {
        return REASONS.containsKey(fallback) && !of(dependency).contains(fallback);
    }

    /** Why it is none of this dependency's. */
    static String reason(String dependency, String fallback) {
        return REASONS.getOrDefault(fallback, "").formatted(dependency);
    }
}
