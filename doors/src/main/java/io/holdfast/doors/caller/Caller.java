package io.holdfast.doors.caller;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

import io.holdfast.doors.problem.ProblemException;

/**
 * Who calls, as a verified token says. A controller takes it as an argument; {@code Optional<Caller>} where a door is
 * open to callers without a token too.
 *
 * @param subject the user's id for a customer, the operator's name, or the service's name
 * @param role what the caller is
 */
public record Caller(String subject, Role role) {

    /**
     * The id of the customer who calls.
     *
     * @throws ProblemException 403 when the caller is no customer
     */
    public UUID userId() {
        if (role != Role.CUSTOMER) {
            throw ProblemException.forbidden("Only a customer can do this");
        }
        return UUID.fromString(subject);
    }

    public boolean isOperator() {
        return role == Role.OPERATOR;
    }

    public boolean isService() {
        return role == Role.SERVICE;
    }

    /** Whether this caller may see and change what belongs to the user: the user, or an operator. */
    public boolean mayActFor(UUID userId) {
        return isOperator() || (role == Role.CUSTOMER && subject.equals(userId.toString()));
    }

    /**
     * Refuses a caller who may not act for the user.
     *
     * @throws ProblemException 403
     */
    public void requireActingFor(UUID userId) {
        if (!mayActFor(userId)) {
            throw ProblemException.forbidden("These data belong to another user");
        }
    }

    /**
     * Refuses everyone but an operator.
     *
     * @throws ProblemException 403
     */
    public void requireOperator() {
        if (!isOperator()) {
            throw ProblemException.forbidden("Only an operator can do this");
        }
    }

    /** The caller of the request that is being served by this thread; empty without a verified token. */
    public static Optional<Caller> current() {
        return of(SecurityContextHolder.getContext().getAuthentication());
    }

    static Optional<Caller> of(@Nullable Authentication authentication) {
        if (!(authentication instanceof JwtAuthenticationToken token)) {
            return Optional.empty();
        }
        Jwt jwt = token.getToken();
        return Optional.of(new Caller(jwt.getSubject(), Role.ofClaim(jwt.getClaimAsString("role"))));
    }
}
