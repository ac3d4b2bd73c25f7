package io.holdfast.failover.live;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;

import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.last.ServedSources;
import io.holdfast.failover.policy.EnvironmentPolicy;
import io.holdfast.failover.policy.FailoverPolicy;
import io.holdfast.failover.policy.PolicyFile;
import io.holdfast.failover.policy.PolicyProblem;
import io.holdfast.failover.policy.PolicyReading;
import io.holdfast.failover.policy.PolicyReading.Accepted;
import io.holdfast.failover.policy.PolicyReading.Refused;

/**
 * Puts the policy of the environment in force, at the start and after each change of the environment. A policy that is
 * refused changes nothing.
 *
 * <p>It reads the environment itself and not a rebound {@code @ConfigurationProperties} bean: the order in which rebinding
 * and other listeners run is not fixed.
 */
public final class PolicyInForce {

    /** Where Spring Cloud Config leaves the commit id of what it loaded. */
    public static final String VERSION = ServedSources.VERSION;

    private static final Logger log = LoggerFactory.getLogger(PolicyInForce.class);

    private final ConfigurableEnvironment environment;
    private final PolicyGuards guards;
    private final PolicyMeters meters;
    private final InstantSource clock;
    private volatile PolicyStatus status;
    private @Nullable List<PolicyProblem> refusedHere;

    PolicyInForce(ConfigurableEnvironment environment, PolicyGuards guards, MeterRegistry meters, InstantSource clock) {
        this.environment = environment;
        this.guards = guards;
        this.clock = clock;
        this.status = new PolicyStatus(null, clock.instant(), null);
        this.meters = new PolicyMeters(meters, () -> status.refusal() != null);
        follow();
    }

    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void on(EnvironmentChangeEvent event) {
        follow();
    }

    /** Reads the environment again. */
    public synchronized void follow() {
        PolicyReading reading = EnvironmentPolicy.read(environment);
        switch (reading) {
            case Accepted(FailoverPolicy policy) -> accept(policy, environment.getProperty(VERSION));
            case Refused(List<PolicyProblem> problems) -> refuse(problems);
        }
    }

    /**
     * Puts the policy of a version in force before the rest of that version is loaded, which takes longer. One that is
     * refused here is left to the loading, which says so.
     */
    synchronized void ahead(VersionStatus next) {
        String text = next.policy();
        if (text != null
                && EnvironmentPolicy.readWith(
                                environment, source -> ServedSources.isFile(source, PolicyFile.NAME), text)
                        instanceof Accepted(FailoverPolicy policy)) {
            accept(policy, next.version());
        }
    }

    private void accept(FailoverPolicy policy, @Nullable String version) {
        guards.follow(policy);
        refusedHere = null;
        if (!Objects.equals(version, status.version())) {
            status = new PolicyStatus(version, clock.instant(), null);
            meters.taken(version);
            log.info("policy taken version={}", version);
        }
    }

    private void refuse(List<PolicyProblem> problems) {
        if (!problems.equals(refusedHere)) {
            refusedHere = problems;
            learn(Refusal.of(problems, clock.instant()));
        }
    }

    /** Takes note of the last refusal; null when there is none since the version in force. */
    public synchronized void learn(@Nullable Refusal refusal) {
        if ((refusal == null && refusedHere != null) || Objects.equals(refusal, status.refusal())) {
            return;
        }
        status = new PolicyStatus(status.version(), status.takenAt(), refusal);
        if (refusal != null) {
            meters.refused();
            log.warn("policy refused {}", refusal.problems().getFirst());
        }
    }

    public PolicyStatus status() {
        return status;
    }
}
