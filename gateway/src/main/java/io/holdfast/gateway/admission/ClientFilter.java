package io.holdfast.gateway.admission;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.problem.Problems;
import io.holdfast.failover.policy.PerClientPolicy;
import io.holdfast.failover.policy.RateLimit;

/**
 * Refuses a client who sends more than one client may. It stands before Spring Security, so that requests without a valid
 * token, which end there, are counted too; a valid token it verifies itself, and Spring Security then finds it verified.
 */
final class ClientFilter extends OncePerRequestFilter {

    private static final String ACTUATOR = "/actuator";

    private final Admission admission;
    private final Clients clients;
    private final Problems problems;

    ClientFilter(Admission admission, Clients clients, Problems problems) {
        this.admission = admission;
        this.clients = clients;
        this.problems = problems;
    }

    /** Whoever watches the gateway must see it most of all when it is busy. The path is the one the server made of the address. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.equals(ACTUATOR) || path.startsWith(ACTUATOR + "/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        PerClientPolicy policy = admission.policy().perClient();
        Optional<Duration> wait = policy.enabled() ? waitOf(request, policy.rate()) : Optional.empty();
        if (wait.isEmpty()) {
            chain.doFilter(request, response);
        } else {
            refuse(request, response, policy.rate(), wait.get());
        }
    }

    /** How long this client has to wait; empty when the request is let in. */
    private Optional<Duration> waitOf(HttpServletRequest request, RateLimit rate) {
        Client.Address address = Clients.addressOf(request);
        Optional<String> token = clients.tokenOf(request);
        if (token.isPresent() && !clients.isKnown(token.get())) {
            // Checking a signature costs more than all else here: who has used up what his address may send gets none
            // checked.
            Optional<Duration> wait = admission.clients().ask(address, rate);
            if (wait.isPresent()) {
                return wait;
            }
        }
        Optional<Caller> caller = token.flatMap(clients::callerOf);
        if (caller.filter(Caller::isOperator).isPresent()) {
            return Optional.empty();
        }
        Client client = caller.<Client>map(known -> new Client.SignedIn(known.subject()))
                .orElse(address);
        return admission.clients().take(client, rate);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, RateLimit rate, Duration wait)
            throws IOException {
        admission.refusedToClient(request.getRequestURI());
        String detail = "More than " + rate.requests() + " requests in "
                + rate.per().toMillis() + " ms from one client; nothing was begun";
        response.setHeader(HttpHeaders.RETRY_AFTER, Problems.retryAfter(wait));
        problems.write(
                response,
                Problems.of(HttpStatus.TOO_MANY_REQUESTS, "Too many requests", detail, List.of()),
                request.getRequestURI());
    }
}
