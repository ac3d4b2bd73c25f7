package io.holdfast.doors.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

import io.holdfast.doors.request.RequestIdFilter;

class ServiceTokensTest {

    private final MovedClock clock = new MovedClock();
    private final ServiceTokens tokens;

    ServiceTokensTest() throws Exception {
        String key = new ECKeyGenerator(Curve.P_256)
                .keyID("order-service")
                .generate()
                .toJSONString();
        tokens = new ServiceTokens(new TokenIssuer(key, Duration.ofHours(1), clock), clock);
    }

    @AfterEach
    void nobodyIsServedAnyMore() {
        SecurityContextHolder.clearContext();
        MDC.clear();
    }

    @Test
    void handsTheCallersTokenOn() throws Exception {
        served("callers.own.token");

        assertThat(sent(tokens.handingOn()).getFirst(HttpHeaders.AUTHORIZATION)).isEqualTo("Bearer callers.own.token");
    }

    @Test
    void callsInItsOwnNameWhenNobodyIsServed() throws Exception {
        assertThat(sent(tokens.handingOn()).getFirst(HttpHeaders.AUTHORIZATION))
                .isEqualTo("Bearer " + tokens.ownToken());
    }

    @Test
    void callsInternalDoorsInItsOwnNameAlsoWhileACallerIsServed() throws Exception {
        served("callers.own.token");

        assertThat(sent(tokens.asService()).getFirst(HttpHeaders.AUTHORIZATION))
                .isEqualTo("Bearer " + tokens.ownToken());
    }

    @Test
    void theRequestsIdGoesWithTheCall() throws Exception {
        MDC.put(RequestIdFilter.MDC_KEY, "order-17");

        assertThat(sent(tokens.asService()).getFirst(RequestIdFilter.HEADER)).isEqualTo("order-17");
    }

    @Test
    void itsOwnTokenIsRenewedInTime() {
        String first = tokens.ownToken();
        clock.move(Duration.ofMinutes(54));
        assertThat(tokens.ownToken()).isEqualTo(first);

        clock.move(Duration.ofMinutes(2));

        assertThat(tokens.ownToken()).isNotEqualTo(first);
    }

    private static void served(String token) {
        Jwt jwt = Jwt.withTokenValue(token)
                .header("alg", "ES256")
                .subject("anna")
                .expiresAt(Instant.MAX)
                .build();
        SecurityContextHolder.getContext().setAuthentication(new JwtAuthenticationToken(jwt));
    }

    private static HttpHeaders sent(ClientHttpRequestInterceptor interceptor) throws Exception {
        MockClientHttpRequest request = new MockClientHttpRequest(HttpMethod.PUT, URI.create("http://user-service/"));
        interceptor.intercept(
                request, new byte[0], (sent, body) -> new MockClientHttpResponse(new byte[0], HttpStatus.OK));
        return Objects.requireNonNull(request.getHeaders());
    }
}
