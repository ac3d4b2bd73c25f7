package io.holdfast.gateway.routing;

import static org.springframework.cloud.gateway.server.mvc.filter.AfterFilterFunctions.removeResponseHeader;
import static org.springframework.cloud.gateway.server.mvc.filter.LoadBalancerFilterFunctions.lb;
import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;
import static org.springframework.web.servlet.function.RequestPredicates.path;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

import io.holdfast.doors.request.RequestIdFilter;
import io.holdfast.doors.security.OpenDoor;
import io.holdfast.failover.guard.Guards;

/** Every path that leads through the gateway. What is not named here is not reachable from outside. */
@Configuration(proxyBeanMethods = false)
class Routes {

    @Bean
    @Order(1)
    RouterFunction<ServerResponse> orders(Guards guards) {
        return to(
                "order-service",
                path("/api/orders").or(path("/api/orders/**")).or(path("/api/users/{id}/orders")),
                guards);
    }

    @Bean
    @Order(2)
    RouterFunction<ServerResponse> users(Guards guards) {
        return to("user-service", path("/api/users").or(path("/api/users/{id}")).or(path("/api/tokens")), guards);
    }

    @Bean
    @Order(3)
    RouterFunction<ServerResponse> backups(Guards guards) {
        return to(
                "backup-service",
                path("/api/backups")
                        .or(path("/api/backups/**"))
                        .or(path("/api/restores"))
                        .or(path("/api/jobs/{id}")),
                guards);
    }

    @Bean
    OpenDoor registering() {
        return new OpenDoor(HttpMethod.POST, "/api/users");
    }

    @Bean
    OpenDoor signingIn() {
        return new OpenDoor(HttpMethod.POST, "/api/tokens");
    }

    private static RouterFunction<ServerResponse> to(String service, RequestPredicate paths, Guards guards) {
        return route(service)
                .route(paths, http())
                .before(OutgoingRequest::prepare)
                .filter(new GuardedRoute(service, guards))
                .filter(lb(service))
                // The gateway's own filter has set it already.
                .after(removeResponseHeader(RequestIdFilter.HEADER))
                .build();
    }
}
