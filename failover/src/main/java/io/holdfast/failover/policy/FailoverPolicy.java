package io.holdfast.failover.policy;

import java.util.Map;

/**
 * The whole policy in force.
 *
 * @param tolerance what a dependency gets that is not named
 * @param dependencies by name
 * @param admission what the gateway lets in
 */
public record FailoverPolicy(
        Tolerance tolerance, Map<String, DependencyPolicy> dependencies, AdmissionPolicy admission) {

    public FailoverPolicy {
        dependencies = Map.copyOf(dependencies);
    }

    /** A policy that lets in what the preset lets in. */
    public FailoverPolicy(Tolerance tolerance, Map<String, DependencyPolicy> dependencies) {
        this(tolerance, dependencies, tolerance.admission());
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
