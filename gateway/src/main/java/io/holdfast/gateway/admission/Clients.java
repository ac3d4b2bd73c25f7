package io.holdfast.gateway.admission;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.caller.Role;
import io.holdfast.doors.token.VerifiedTokens;

/**
 * Tells who sends a request: the subject of a valid token, otherwise the address the connection comes from. A header such as
 * {@code X-Forwarded-For} is not asked: whoever may write it could be somebody else with every request.
 */
final class Clients {

    private final VerifiedTokens tokens;
    private final BearerTokenResolver bearer = new DefaultBearerTokenResolver();

    Clients(VerifiedTokens tokens) {
        this.tokens = tokens;
    }

    static Client.Address addressOf(HttpServletRequest request) {
        return Client.Address.of(request.getRemoteAddr());
    }

    /** What may be a token; empty when there is none, or nothing that looks like one. */
    Optional<String> tokenOf(HttpServletRequest request) {
        try {
            return Optional.ofNullable(bearer.resolve(request));
        } catch (OAuth2AuthenticationException garbage) {
            return Optional.empty();
        }
    }

    /** Whether looking at this token costs next to nothing, because its signature was found good before. */
    boolean isKnown(String token) {
        return tokens.knows(token);
    }

    /** Who is signed in; empty when the token is not valid. */
    Optional<Caller> callerOf(String token) {
        try {
            Jwt verified = tokens.decode(token);
            return Optional.of(new Caller(verified.getSubject(), Role.ofClaim(verified.getClaimAsString("role"))));
        } catch (JwtException refused) {
            return Optional.empty();
        }
    }
}
