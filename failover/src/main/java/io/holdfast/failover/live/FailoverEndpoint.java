package io.holdfast.failover.live;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

import io.holdfast.failover.control.ControlPart;
import io.holdfast.failover.guard.GuardView;
import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.policy.CassandraPolicy;
import io.holdfast.failover.routing.RouteView;

/** {@code /actuator/failover}: the policy in force, since when, the last refusal, every guard in use, every service called, what of the control plane answers, and at the gateway what it lets in. */
@Endpoint(id = "failover")
public final class FailoverEndpoint {

    /**
     * The answer; see {@link PolicyStatus}, {@link GuardView} and {@link RouteView}.
     *
     * @param configuration null for a service that is not configured by config-service
     * @param cassandra how Cassandra is asked beyond its guard; null in a service that does not ask it
     * @param controlPlane config-service, the registry and the bus, as far as this instance uses them
     * @param admission null in a service that is not the gateway
     */
    public record FailoverView(
            @Nullable String version,
            Instant takenAt,
            @Nullable Refusal refusal,
            @Nullable ConfigurationView configuration,
            List<GuardView> guards,
            @Nullable CassandraPolicy cassandra,
            List<RouteView> routes,
            List<ControlPart.View> controlPlane,
            @Nullable AdmissionView admission) {}

    private final PolicyInForce policy;
    private final PolicyGuards guards;
    private final Supplier<@Nullable ConfigurationView> configuration;
    private final Supplier<List<RouteView>> routes;
    private final Supplier<@Nullable AdmissionView> admission;
    private final Supplier<List<ControlPart.View>> controlPlane;

    FailoverEndpoint(
            PolicyInForce policy,
            PolicyGuards guards,
            Supplier<@Nullable ConfigurationView> configuration,
            Supplier<List<RouteView>> routes,
            Supplier<@Nullable AdmissionView> admission,
            Supplier<List<ControlPart.View>> controlPlane) {
        this.policy = policy;
        this.guards = guards;
        this.configuration = configuration;
        this.routes = routes;
        this.admission = admission;
        this.controlPlane = controlPlane;
    }

    @ReadOperation
    public FailoverView failover() {
        PolicyStatus status = policy.status();
        List<GuardView> views = guards.views();
        return new FailoverView(
                status.version(),
                status.takenAt(),
                status.refusal(),
                configuration.get(),
                views,
                views.stream().anyMatch(guard -> guard.dependency().equals("cassandra"))
                        ? guards.policy().cassandra()
                        : null,
                routes.get(),
                controlPlane.get(),
                admission.get());
    }
}
