package io.holdfast.gateway.routing;

import static org.springframework.cloud.gateway.server.mvc.filter.BodyFilterFunctions.adaptCachedBody;

import java.util.List;
import java.util.Set;

import org.slf4j.MDC;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.caller.Role;
import io.holdfast.doors.problem.Problems;
import io.holdfast.doors.request.RequestIdFilter;
import io.holdfast.failover.deadline.Deadline;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.Guard;
import io.holdfast.failover.guard.Guards;
import io.holdfast.failover.routing.RoutingKey;

/**
 * Calls the service behind a route through its guard. Only reads are repeated; an answer of the service, also a 503 of its
 * own, goes to the caller as it is. No answer is 503 with Retry-After.
 */
final class GuardedRoute implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final String service;
    private final Guards guards;

    GuardedRoute(String service, Guards guards) {
        this.service = service;
        this.guards = guards;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        ServerRequest prepared = prepare(request);
        Guard guard = guards.of(service);
        try {
            return READS.contains(request.method())
                    ? guard.repeatable(() -> next.handle(withDeadline(prepared)))
                    : guard.once(() -> next.handle(withDeadline(prepared)));
        } catch (DependencyUnavailableException noAnswer) {
            return unavailable(noAnswer);
        }
    }

    /**
     * The request as it goes out: with its id and its user, and with its body in memory, read by the caller's own thread, so
     * that a body that is too large or stalls counts against the caller and not against the service.
     */
    private static ServerRequest prepare(ServerRequest request) {
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

    /** Tells the service how long this call is waited for. Each attempt has a time of its own, so it is told at the last moment. */
    private static ServerRequest withDeadline(ServerRequest request) {
        return Deadline.left()
                .map(left -> ServerRequest.from(request)
                        .headers(headers -> headers.set(Deadline.HEADER, String.valueOf(Math.max(1, left.toMillis()))))
                        .build())
                .orElse(request);
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

    private ServerResponse unavailable(DependencyUnavailableException noAnswer) {
        String detail = switch (noAnswer.reason()) {
            case TIMEOUT -> service + " did not answer in time; whether it did what was asked is unknown";
            case OPEN -> service + " has been failing and is not asked for the moment";
            case FULL -> service + " is busy with as many calls as it is allowed";
            case FAILED -> service + " cannot be reached";
            case EXPIRED -> "the time the caller waits is over";
        };
        return ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, Problems.retryAfter(noAnswer.retryAfter()))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problems.of(HttpStatus.SERVICE_UNAVAILABLE, "Service unavailable", detail, List.of()));
    }
}
