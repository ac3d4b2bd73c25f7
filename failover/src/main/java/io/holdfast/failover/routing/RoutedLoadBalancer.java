package io.holdfast.failover.routing;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Mono;

/** The load balancer of one service: the registry says who is there, the route who is asked. */
final class RoutedLoadBalancer implements ReactorServiceInstanceLoadBalancer {

    private final Route route;
    private final ObjectProvider<ServiceInstanceListSupplier> suppliers;

    RoutedLoadBalancer(Route route, ObjectProvider<ServiceInstanceListSupplier> suppliers) {
        this.route = route;
        this.suppliers = suppliers;
    }

    @Override
    @SuppressWarnings("rawtypes") // so is the interface
    public Mono<Response<ServiceInstance>> choose(Request request) {
        String key = RoutingKey.of(request);
        return suppliers.getObject().get(request).next().map(listed -> response(listed, key));
    }

    private Response<ServiceInstance> response(List<ServiceInstance> listed, @Nullable String key) {
        Member chosen = route.choose(listed, key);
        return chosen == null ? new EmptyResponse() : new DefaultResponse(chosen.server());
    }
}
