package io.holdfast.failover.guard;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;

import io.holdfast.failover.policy.FailoverPolicy;

/** Makes each guard when it is first asked for and lets all of them follow the policy. */
public final class PolicyGuards implements Guards {

    private final ConcurrentHashMap<String, PolicyGuard> guards = new ConcurrentHashMap<>();
    private final Mechanisms mechanisms;
    private final Function<String, CircuitBreaker> edges;
    private final MeterRegistry meters;
    private volatile FailoverPolicy policy;

    PolicyGuards(
            FailoverPolicy policy,
            Mechanisms mechanisms,
            Function<String, CircuitBreaker> edges,
            MeterRegistry meters) {
        this.policy = policy;
        this.mechanisms = mechanisms;
        this.edges = edges;
        this.meters = meters;
    }

    @Override
    public Guard of(String dependency) {
        PolicyGuard known = guards.get(dependency);
        return known == null ? guards.computeIfAbsent(dependency, this::create) : known;
    }

    private PolicyGuard create(String dependency) {
        return new PolicyGuard(dependency, policy.of(dependency), mechanisms, () -> edges.apply(dependency), meters);
    }

    /** Puts a policy in force for all guards, those made later included. */
    public synchronized void follow(FailoverPolicy changed) {
        policy = changed;
        guards.keySet()
                .forEach(dependency -> guards.computeIfPresent(dependency, (name, guard) -> {
                    guard.follow(changed.of(name));
                    return guard;
                }));
    }

    public FailoverPolicy policy() {
        return policy;
    }

    /** Whether a dependency has been failing: its breaker is open, or lets through a few calls to see whether it is back. */
    public boolean isInDoubt(String dependency) {
        PolicyGuard guard = guards.get(dependency);
        return guard != null && guard.isInDoubt();
    }

    /** The guards in use, by name. */
    public List<GuardView> views() {
        return guards.values().stream()
                .map(PolicyGuard::view)
                .sorted(Comparator.comparing(GuardView::dependency))
                .toList();
    }
}
