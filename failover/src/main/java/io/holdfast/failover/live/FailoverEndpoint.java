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

/** {@code /actuator/failover}: the policy in force, since when, the last refusal, every guard in use, every service called, and at the gateway what it lets in. */
@Endpoint(id = "failover")
public final class FailoverEndpoint {

    /**
     * The answer; see {@link PolicyStatus}, {@link GuardView} and {@link RouteView}.
     *
     * @param admission null in a service that is not the gateway
     */
    public record FailoverView(
            @Nullable String version,
            Instant takenAt,
            @Nullable Refusal refusal,
            List<GuardView> guards,
            List<RouteView> routes,
            @Nullable AdmissionView admission) {}

    private final PolicyInForce policy;
    private final PolicyGuards guards;
    private final ObjectProvider<ServiceRoutes> routes;
    private final ObjectProvider<AdmissionView.Source> admission;

    /**
     * @param routes none in a service that calls no other by its name
     * @param admission there at the gateway only
     */
    FailoverEndpoint(
            PolicyInForce policy,
            PolicyGuards guards,
            ObjectProvider<ServiceRoutes> routes,
            ObjectProvider<AdmissionView.Source> admission) {
        this.policy = policy;
        this.guards = guards;
        this.routes = routes;
        this.admission = admission;
    }

    @ReadOperation
    public FailoverView failover() {
        PolicyStatus status = policy.status();
        List<RouteView> seen =
                routes.stream().flatMap(known -> known.views().stream()).toList();
        AdmissionView.Source door = admission.getIfAvailable();
        return new FailoverView(
                status.version(),
                status.takenAt(),
                status.refusal(),
                guards.views(),
                seen,
                door == null ? null : door.view());
    }
}
