package io.holdfast.gateway.admission;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.http.server.PathContainer;

import io.holdfast.failover.live.AdmissionView;
import io.holdfast.failover.policy.AdmissionPolicy;

/** Everything that is counted before a request is let in: of each client, and of each route. */
public final class Admission implements AdmissionView.Source {

    /** What a request is counted under that leads to no service. */
    private static final String GATEWAY = "gateway";

    /** About half a kilobyte each. */
    static final int REMEMBERED_CLIENTS = 50_000;

    private final Supplier<AdmissionPolicy> policy;
    private final MeterRegistry meters;
    private final Buckets<Client> clients;
    private final Buckets<String> perRoute;
    private final AdmissionMeters elsewhere;
    private final LongSupplier nanos;
    private final Map<String, AdmittedRoute> routes = new ConcurrentHashMap<>();

    /**
     * @param policy the one in force, asked at each request
     * @param nanos a clock that only goes forward
     */
    Admission(Supplier<AdmissionPolicy> policy, MeterRegistry meters, LongSupplier nanos) {
        this.policy = policy;
        this.meters = meters;
        this.nanos = nanos;
        this.clients = new Buckets<>(REMEMBERED_CLIENTS, nanos);
        this.perRoute = new Buckets<>(AdmissionPolicy.ROUTES.size(), nanos);
        this.elsewhere = new AdmissionMeters(meters, GATEWAY);
    }

    /**
     * The route to a service.
     *
     * @param name the service's, as the policy names it
     * @param paths that lead to it, as Spring's path patterns write them
     */
    public AdmittedRoute route(String name, List<String> paths) {
        return routes.computeIfAbsent(
                name, _ -> new AdmittedRoute(name, paths, policy, perRoute, new UnderWay(nanos), meters));
    }

    AdmissionPolicy policy() {
        return policy.get();
    }

    Buckets<Client> clients() {
        return clients;
    }

    /** Counts a request that was refused before its route was looked for. */
    void refusedToClient(String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        routes.values().stream()
                .filter(route -> route.leadsTo(parsed))
                .map(AdmittedRoute::meters)
                .findFirst()
                .orElse(elsewhere)
                .refused(Reason.CLIENT);
    }

    @Override
    public AdmissionView view() {
        return new AdmissionView(
                policy.get(),
                clients.size(),
                routes.values().stream()
                        .map(AdmittedRoute::view)
                        .sorted(Comparator.comparing(AdmissionView.RouteView::route))
                        .toList());
    }
}
