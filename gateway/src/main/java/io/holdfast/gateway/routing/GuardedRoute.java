package io.holdfast.gateway.routing;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Set;

import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import io.holdfast.doors.problem.Problems;
import io.holdfast.failover.deadline.Deadline;
import io.holdfast.failover.fallback.FallbackMeters;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.Guard;
import io.holdfast.failover.guard.Guards;

/**
 * Calls the service behind a route through its guard. Repeated are reads, and requests with an {@code Idempotency-Key} where the
 * service knows it; an answer of the service, also a 503 of its own, goes to the caller as it is. No answer is 503 with
 * Retry-After.
 */
final class GuardedRoute implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final String service;
    private final Guards guards;
    private final boolean knowsKeys;
    private final FallbackMeters fallbacks;

    /**
     * @param knowsKeys whether a request with the same {@code Idempotency-Key} is done once, however often it comes
     * @param fallbacks counts who was answered 503 in the place of the service
     */
    GuardedRoute(String service, Guards guards, boolean knowsKeys, FallbackMeters fallbacks) {
        this.service = service;
        this.guards = guards;
        this.knowsKeys = knowsKeys;
        this.fallbacks = fallbacks;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        Guard guard = guards.of(service);
        try {
            return mayBeRepeated(request)
                    ? guard.repeatable(() -> next.handle(withDeadline(request)))
                    : guard.once(() -> next.handle(withDeadline(request)));
        } catch (DependencyUnavailableException noAnswer) {
            return unavailable(noAnswer);
        }
    }

    private boolean mayBeRepeated(ServerRequest request) {
        return READS.contains(request.method())
                || (knowsKeys && StringUtils.hasText(request.headers().firstHeader(IDEMPOTENCY_KEY)));
    }

    /** Tells the service how long this call is waited for. Each attempt has a time of its own, so it is told at the last moment. */
    private static ServerRequest withDeadline(ServerRequest request) {
        // An attempt before has read the body.
        request.attribute(MvcUtils.CACHED_REQUEST_BODY_ATTR)
                .filter(ByteArrayInputStream.class::isInstance)
                .map(ByteArrayInputStream.class::cast)
                .ifPresent(ByteArrayInputStream::reset);
        return Deadline.left()
                .map(left -> ServerRequest.from(request)
                        .headers(headers -> headers.set(Deadline.HEADER, String.valueOf(Math.max(1, left.toMillis()))))
                        .build())
                .orElse(request);
    }

    private ServerResponse unavailable(DependencyUnavailableException noAnswer) {
        fallbacks.failed(service);
        String detail = switch (noAnswer.reason()) {
            case TIMEOUT -> service + " did not answer in time; whether it did what was asked is unknown";
            case OPEN -> service + " has been failing and is not asked for the moment";
            case FULL -> service + " is busy with as many calls as it is allowed";
            case FAILED, PAUSED -> service + " cannot be reached";
            case EXPIRED -> "the time the caller waits is over";
        };
        return ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, Problems.retryAfter(noAnswer.retryAfter()))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problems.of(HttpStatus.SERVICE_UNAVAILABLE, "Service unavailable", detail, List.of()));
    }
}
