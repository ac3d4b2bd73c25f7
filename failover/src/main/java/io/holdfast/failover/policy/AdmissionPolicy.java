package io.holdfast.failover.policy;

import java.util.Map;
import java.util.Set;

/**
 * How much the gateway lets in; what is more is refused at the door.
 *
 * @param perClient how much one client may send
 * @param routes how much all clients together may send to a service, by the service's name; without an entry, as much as they
 *     like
 * @param concurrency how many requests may be under way, on each route for itself
 */
public record AdmissionPolicy(PerClientPolicy perClient, Map<String, RateLimit> routes, ConcurrencyPolicy concurrency) {

    /** The services a caller reaches through the gateway: the names {@code routes} takes. */
    public static final Set<String> ROUTES =
            Set.of("user-service", "order-service", "backup-service", "config-service");

    public AdmissionPolicy {
        routes = Map.copyOf(routes);
    }
}
