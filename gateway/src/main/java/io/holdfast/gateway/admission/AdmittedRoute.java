package io.holdfast.gateway.admission;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import io.holdfast.doors.problem.Problems;
import io.holdfast.failover.live.AdmissionView;
import io.holdfast.failover.policy.AdmissionPolicy;
import io.holdfast.failover.policy.RateLimit;
import io.holdfast.gateway.admission.UnderWay.Place;

/** What one route lets in, by the policy in force at each request. */
public final class AdmittedRoute {

    /** A place is free as soon as one request has ended; nothing shorter can be said in whole seconds. */
    private static final Duration UNTIL_A_PLACE_IS_FREE = Duration.ofSeconds(1);

    private final String name;
    private final List<PathPattern> paths;
    private final Supplier<AdmissionPolicy> policy;
    private final Buckets<String> buckets;
    private final UnderWay underWay;
    private final AdmissionMeters meters;

    AdmittedRoute(
            String name,
            List<String> paths,
            Supplier<AdmissionPolicy> policy,
            Buckets<String> buckets,
            UnderWay underWay,
            MeterRegistry registry) {
        this.name = name;
        this.paths =
                paths.stream().map(PathPatternParser.defaultInstance::parse).toList();
        this.policy = policy;
        this.buckets = buckets;
        this.underWay = underWay;
        this.meters = new AdmissionMeters(registry, name);
        Gauge.builder(
                        "holdfast.admission.limit",
                        () -> underWay.limit(policy.get().concurrency()).orElse(0))
                .description("How many requests of a route may be under way now; 0 while nothing limits them")
                .tag("route", name)
                .register(registry);
        Gauge.builder("holdfast.admission.under.way", underWay::count)
                .description("Requests of a route that are under way")
                .tag("route", name)
                .register(registry);
    }

    String name() {
        return name;
    }

    AdmissionMeters meters() {
        return meters;
    }

    boolean leadsTo(PathContainer path) {
        return paths.stream().anyMatch(pattern -> pattern.matches(path));
    }

    /**
     * Refuses what is more than this route takes in a time, and what finds all places taken. It comes before the body is read:
     * a refusal costs no memory.
     *
     * @throws Exception what the handler throws
     */
    public ServerResponse letIn(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        AdmissionPolicy inForce = policy.get();
        RateLimit rate = inForce.routes().get(name);
        Optional<Duration> wait = rate == null ? Optional.empty() : buckets.take(name, rate);
        if (wait.isPresent()) {
            return refuse(Reason.ROUTE, name + " gets more requests than it takes", wait.get());
        }
        return underWay.isFull(inForce.concurrency()) ? refuseWithoutPlace() : next.handle(request);
    }

    /**
     * Keeps a place for the request until it is answered. It comes after the body was read: a caller who sends his body slowly
     * keeps no place from others, and his slowness is not taken for the service's.
     *
     * @throws Exception what the handler throws
     */
    public ServerResponse keepPlace(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        Place place = underWay.enter(policy.get().concurrency());
        if (place == null) {
            return refuseWithoutPlace();
        }
        boolean telling = false;
        try {
            ServerResponse answer = next.handle(request);
            // A failure may be quicker or slower than any work.
            telling = !answer.statusCode().is5xxServerError();
            return answer;
        } finally {
            underWay.leave(place, telling);
        }
    }

    AdmissionView.RouteView view() {
        var limit = underWay.limit(policy.get().concurrency());
        return new AdmissionView.RouteView(
                name, limit.isPresent() ? limit.getAsInt() : null, underWay.count(), meters.allRefused());
    }

    private ServerResponse refuseWithoutPlace() {
        return refuse(Reason.CONCURRENCY, name + " is busy with as many requests as it may be", UNTIL_A_PLACE_IS_FREE);
    }

    private ServerResponse refuse(Reason reason, String detail, Duration wait) {
        meters.refused(reason);
        HttpStatus status = HttpStatus.TOO_MANY_REQUESTS;
        return ServerResponse.status(status)
                .header(HttpHeaders.RETRY_AFTER, Problems.retryAfter(wait))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problems.of(status, "Too many requests", detail + "; nothing was begun", List.of()));
    }
}
