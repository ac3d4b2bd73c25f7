package io.holdfast.failover.live;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

import io.holdfast.failover.guard.GuardView;
import io.holdfast.failover.guard.PolicyGuards;

/** {@code /actuator/failover}: the policy in force, since when, the last refusal, and every guard in use. */
@Endpoint(id = "failover")
public final class FailoverEndpoint {

    /**
     * The answer; see {@link PolicyStatus} and {@link GuardView}.
     *
     * @param configuration null for a service that is not configured by config-service
     */
    public record FailoverView(
            @Nullable String version,
            Instant takenAt,
            @Nullable Refusal refusal,
            @Nullable ConfigurationView configuration,
            List<GuardView> guards) {}

    private final PolicyInForce policy;
    private final PolicyGuards guards;
    private final Supplier<@Nullable ConfigurationView> configuration;

    FailoverEndpoint(PolicyInForce policy, PolicyGuards guards, Supplier<@Nullable ConfigurationView> configuration) {
        this.policy = policy;
        this.guards = guards;
        this.configuration = configuration;
    }

    @ReadOperation
    public FailoverView failover() {
        PolicyStatus status = policy.status();
        return new FailoverView(
                status.version(), status.takenAt(), status.refusal(), configuration.get(), guards.views());
    }
}
