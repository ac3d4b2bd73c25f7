package io.holdfast.failover.live;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

import io.holdfast.failover.guard.GuardView;
import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.routing.RouteView;

/** {@code /actuator/failover}: the policy in force, since when, the last refusal, every guard in use, and every service called. */
@Endpoint(id = "failover")
public final class FailoverEndpoint {

    /**
     * The answer; see {@link PolicyStatus}, {@link GuardView} and {@link RouteView}.
     *
     * @param configuration null for a service that is not configured by config-service
     */
    public record FailoverView(
            @Nullable String version,
            Instant takenAt,
            @Nullable Refusal refusal,
            @Nullable ConfigurationView configuration,
            List<GuardView> guards,
            List<RouteView> routes) {}

    private final PolicyInForce policy;
    private final PolicyGuards guards;
    private final Supplier<@Nullable ConfigurationView> configuration;
    private final Supplier<List<RouteView>> routes;

    FailoverEndpoint(
            PolicyInForce policy,
            PolicyGuards guards,
            Supplier<@Nullable ConfigurationView> configuration,
            Supplier<List<RouteView>> routes) {
        this.policy = policy;
        this.guards = guards;
        this.configuration = configuration;
        this.routes = routes;
    }

    @ReadOperation
    public FailoverView failover() {
        PolicyStatus status = policy.status();
        return new FailoverView(
                status.version(),
                status.takenAt(),
                status.refusal(),
                configuration.get(),
                guards.views(),
                routes.get());
    }
}
