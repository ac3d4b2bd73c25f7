package io.holdfast.failover.routing;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

import io.holdfast.failover.policy.Routing;

/** The ways of this process to the services it calls, one a service. */
public final class ServiceRoutes implements AutoCloseable {

    private final ConcurrentHashMap<String, Route> routes = new ConcurrentHashMap<>();
    private final Probes probes = new Probes();
    private final Function<String, Routing> policy;
    private final @Nullable String zone;
    private final MeterRegistry meters;
    private final LongSupplier clock;
    private final LastInstances last;

    /**
     * Has called no service yet.
     *
     * @param policy the strategy in force for a service
     * @param zone where this process runs; null when it does not say
     * @param clock nanoseconds that only grow
     * @param last whom to ask before the registry has answered
     */
    ServiceRoutes(
            Function<String, Routing> policy,
            @Nullable String zone,
            MeterRegistry meters,
            LongSupplier clock,
            LastInstances last) {
        this.policy = policy;
        this.zone = zone;
        this.meters = meters;
        this.clock = clock;
        this.last = last;
    }

    Route to(String service) {
        Route known = routes.get(service);
        return known == null ? routes.computeIfAbsent(service, this::create) : known;
    }

    private Route create(String service) {
        return new Route(service, () -> policy.apply(service), zone, probes, meters, clock, last);
    }

    /**
     * Chooses an instance, as the load balancer does for each call.
     *
     * @param listed the instances as the registry lists them
     * @param key what keeps calls together; null when there is nothing
     * @return null when none is listed
     */
    public @Nullable ServiceInstance choose(String service, List<ServiceInstance> listed, @Nullable String key) {
        Member chosen = to(service).choose(listed, key);
        return chosen == null ? null : chosen.server();
    }

    /** What this process sees of every service it has called, by name. */
    public List<RouteView> views() {
        return routes.values().stream()
                .map(Route::view)
                .sorted(Comparator.comparing(RouteView::service))
                .toList();
    }

    @Override
    public void close() {
        probes.close();
    }
}
