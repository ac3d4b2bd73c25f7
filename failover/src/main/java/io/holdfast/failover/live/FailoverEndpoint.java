package io.holdfast.failover.live;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

import io.holdfast.failover.guard.GuardView;
import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.routing.RouteView;
import io.holdfast.failover.routing.ServiceRoutes;

/** {@code /actuator/failover}: the policy in force, since when, the last refusal, every guard in use, and every service called. */
@Endpoint(id = "failover")
public final class FailoverEndpoint {

    /** The answer; see {@link PolicyStatus}, {@link GuardView} and {@link RouteView}. */
    public record FailoverView(
            @Nullable String version,
            Instant takenAt,
            @Nullable Refusal refusal,
            List<GuardView> guards,
            List<RouteView> routes) {}

    private final PolicyInForce policy;
    private final PolicyGuards guards;
    private final ObjectProvider<ServiceRoutes> routes;

    /** @param routes none in a service that calls no other by its name */
    FailoverEndpoint(PolicyInForce policy, PolicyGuards guards, ObjectProvider<ServiceRoutes> routes) {
        this.policy = policy;
        this.guards = guards;
        this.routes = routes;
    }

    @ReadOperation
    public FailoverView failover() {
        PolicyStatus status = policy.status();
        List<RouteView> seen =
                routes.stream().flatMap(known -> known.views().stream()).toList();
        return new FailoverView(status.version(), status.takenAt(), status.refusal(), guards.views(), seen);
    }
}
