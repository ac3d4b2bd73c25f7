package io.holdfast.gateway.routing;

import static org.springframework.cloud.gateway.server.mvc.filter.AfterFilterFunctions.removeResponseHeader;
import static org.springframework.cloud.gateway.server.mvc.filter.LoadBalancerFilterFunctions.lb;
import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;

import java.util.Arrays;
import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

import io.holdfast.doors.request.RequestIdFilter;
import io.holdfast.doors.security.OpenDoor;
import io.holdfast.failover.fallback.FallbackMeters;
import io.holdfast.failover.guard.Guards;
import io.holdfast.gateway.admission.Admission;
import io.holdfast.gateway.admission.AdmittedRoute;

/** Every path that leads through the gateway. What is not named here is not reachable from outside. */
@Configuration(proxyBeanMethods = false)
class Routes {

    private final Guards guards;
    private final Admission admission;
    private final FallbackMeters fallbacks;

    Routes(Guards guards, Admission admission, FallbackMeters fallbacks) {
        this.guards = guards;
        this.admission = admission;
        this.fallbacks = fallbacks;
    }

    @Bean
    @Order(1)
    RouterFunction<ServerResponse> orders() {
        return to(
                "order-service",
                "/api/orders",
                "/api/orders/**",
                "/api/users/{id}/orders",
                "/api/dead-letters",
                "/api/dead-letters/**");
    }

    @Bean
    @Order(2)
    RouterFunction<ServerResponse> users() {
        return to("user-service", "/api/users", "/api/users/{id}", "/api/tokens");
    }

    @Bean
    @Order(3)
    RouterFunction<ServerResponse> backups() {
        return to("backup-service", "/api/backups", "/api/backups/**", "/api/restores", "/api/jobs", "/api/jobs/**");
    }

    @Bean
    @Order(4)
    RouterFunction<ServerResponse> configuration() {
        return to("config-service", "/api/config/**");
    }

    @Bean
    OpenDoor registering() {
        return new OpenDoor(HttpMethod.POST, "/api/users");
    }

    @Bean
    OpenDoor signingIn() {
        return new OpenDoor(HttpMethod.POST, "/api/tokens");
    }

    private RouterFunction<ServerResponse> to(String service, String... paths) {
        AdmittedRoute admitted = admission.route(service, List.of(paths));
        RequestPredicate anyOfThem = Arrays.stream(paths)
                .map(RequestPredicates::path)
                .reduce(RequestPredicate::or)
                .orElseThrow();
        return route(service)
                .route(anyOfThem, http())
                .filter(admitted::letIn)
                .before(OutgoingRequest::prepare)
                .filter(admitted::keepPlace)
                .filter(new GuardedRoute(service, guards, service.equals("order-service"), fallbacks))
                .filter(lb(service))
                .filter(WholeAnswer::read)
                // The gateway's own filter has set it already.
                .after(removeResponseHeader(RequestIdFilter.HEADER))
                .build();
    }
}
