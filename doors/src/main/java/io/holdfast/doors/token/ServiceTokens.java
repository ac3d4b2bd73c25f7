package io.holdfast.doors.token;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

import io.holdfast.doors.request.RequestIdFilter;

/** Puts tokens (and the id of the request at hand) on the calls of a {@code RestClient} to other services. */
public final class ServiceTokens {

    private static final Duration RENEW_BEFORE = Duration.ofMinutes(5);

    private final TokenIssuer issuer;
    private final InstantSource clock;
    private final AtomicReference<@Nullable AccessToken> own = new AtomicReference<>();

    public ServiceTokens(TokenIssuer issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Calls in the name of the caller who is being served, or of this service when none is. */
    public ClientHttpRequestInterceptor handingOn() {
        return (request, body, execution) -> {
            authorise(request, callersToken());
            return execution.execute(request, body);
        };
    }

    /** Calls in the name of this service: for {@code /internal} doors and background work. */
    public ClientHttpRequestInterceptor asService() {
        return (request, body, execution) -> {
            authorise(request, null);
            return execution.execute(request, body);
        };
    }

    /** A token of this service that is valid for some minutes at least. */
    public String ownToken() {
        AccessToken token = own.get();
        if (token == null || token.expiresAt().minus(RENEW_BEFORE).isBefore(clock.instant())) {
            token = issuer.issueForService();
            own.set(token);
        }
        return token.value();
    }

    private void authorise(HttpRequest request, @Nullable String callersToken) {
        request.getHeaders().setBearerAuth(callersToken == null ? ownToken() : callersToken);
        String requestId = MDC.get(RequestIdFilter.MDC_KEY);
        if (requestId != null) {
            request.getHeaders().set(RequestIdFilter.HEADER, requestId);
        }
    }

    private static @Nullable String callersToken() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken caller
                ? caller.getToken().getTokenValue()
                : null;
    }
}
