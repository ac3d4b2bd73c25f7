package io.holdfast.failover.policy;

import java.util.Map;

/**
 * The whole policy in force.
 *
 * @param tolerance what a dependency gets that is not named
 * @param dependencies by name
 * @param admission what the gateway lets in
 * @param cassandra what only Cassandra has
 */
public record FailoverPolicy(
        Tolerance tolerance,
        Map<String, DependencyPolicy> dependencies,
        AdmissionPolicy admission,
        CassandraPolicy cassandra) {

    public FailoverPolicy {
        dependencies = Map.copyOf(dependencies);
    }

    /** A policy with the preset for what is no dependency's alone. */
    public FailoverPolicy(Tolerance tolerance, Map<String, DependencyPolicy> dependencies) {
        this(tolerance, dependencies, tolerance.admission(), tolerance.cassandra());
    }

    /** The policy before any was given. */
    public static FailoverPolicy preset(Tolerance tolerance) {
        return new FailoverPolicy(tolerance, Map.of());
    }

    public DependencyPolicy of(String dependency) {
        DependencyPolicy named = dependencies.get(dependency);
        return named == null ? tolerance.policy() : named;
    }
}
