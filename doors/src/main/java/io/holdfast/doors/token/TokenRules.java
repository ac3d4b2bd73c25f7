package io.holdfast.doors.token;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

import io.holdfast.doors.caller.Role;

/**
 * What a token's issuer may say: the key that signed must be the issuer's; only user-service speaks for customers and
 * operators; every other service speaks for itself alone.
 */
final class TokenRules implements OAuth2TokenValidator<Jwt> {

    private static final OAuth2Error REFUSED =
            new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "The token is not valid", null);

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        return holds(token) ? OAuth2TokenValidatorResult.success() : OAuth2TokenValidatorResult.failure(REFUSED);
    }

    private static boolean holds(Jwt token) {
        String issuer = token.getClaimAsString("iss");
        String subject = token.getSubject();
        String role = token.getClaimAsString("role");
        if (issuer == null
                || subject == null
                || role == null
                || !issuer.equals(token.getHeaders().get("kid"))) {
            return false;
        }
        if (role.equals(Role.SERVICE.claim())) {
            return subject.equals(issuer);
        }
        return issuer.equals(TokenIssuer.OF_PERSONS)
                && (role.equals(Role.OPERATOR.claim()) || (role.equals(Role.CUSTOMER.claim()) && isUuid(subject)));
    }

    private static boolean isUuid(@Nullable String text) {
        try {
            return text != null && UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException other) {
            return false;
        }
    }
}
