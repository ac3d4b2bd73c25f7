package io.holdfast.gateway.routing;

import static org.springframework.cloud.gateway.server.mvc.filter.BodyFilterFunctions.adaptCachedBody;

import java.util.Set;

import org.slf4j.MDC;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.ServerRequest;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.caller.Role;
import io.holdfast.doors.request.RequestIdFilter;
import io.holdfast.failover.routing.RoutingKey;

/** The request as it goes out to a service. */
final class OutgoingRequest {

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private OutgoingRequest() {}

    /**
     * Gives the request its id and its user, and takes its body into memory, read by the caller's own thread, so
     * that a body that is too large or stalls counts against the caller and not against the service.
     */
    static ServerRequest prepare(ServerRequest request) {
        ServerRequest outgoing = ServerRequest.from(request)
                .headers(headers -> {
                    headers.set(RequestIdFilter.HEADER, MDC.get(RequestIdFilter.MDC_KEY));
                    nameUser(headers);
                })
                .build();
        if (!carriesBody(request)) {
            return outgoing;
        }
        MvcUtils.cacheBody(outgoing);
        return adaptCachedBody().apply(outgoing);
    }

    /** Calls of one customer stay together; an operator works for many, and what a caller claims himself is taken off. */
    private static void nameUser(HttpHeaders headers) {
        headers.remove(RoutingKey.HEADER);
        Caller.current()
                .filter(caller -> caller.role() == Role.CUSTOMER)
                .ifPresent(caller -> headers.set(RoutingKey.HEADER, caller.subject()));
    }

    private static boolean carriesBody(ServerRequest request) {
        HttpHeaders headers = request.headers().asHttpHeaders();
        return !READS.contains(request.method())
                || headers.getContentLength() > 0
                || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }
}
