package io.holdfast.doors.token;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Verifies tokens against the issuers' public keys. A signature is checked once; a token seen again is only asked
 * whether it has expired, because checking an elliptic curve costs more than the rest of a request.
 */
public final class VerifiedTokens implements JwtDecoder {

    private static final int REMEMBERED = 4_096;
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private final NimbusJwtDecoder signatures;
    private final InstantSource clock;
    private final Cache<String, Jwt> seen =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /**
     * @param publicKeys a JWK set
     * @throws IllegalArgumentException when it is none
     */
    public VerifiedTokens(String publicKeys, InstantSource clock) {
        this.clock = clock;
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, new ImmutableJWKSet<>(parse(publicKeys))));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // the validators below do it
        JwtTimestampValidator times = new JwtTimestampValidator(CLOCK_SKEW);
        times.setAllowEmptyExpiryClaim(false);
        times.setClock(clock instanceof Clock already ? already : clock.withZone(ZoneOffset.UTC));
        this.signatures = new NimbusJwtDecoder(processor);
        this.signatures.setJwtValidator(new DelegatingOAuth2TokenValidator<>(times, new TokenRules()));
    }

    @Override
    public Jwt decode(String token) {
        Jwt known = seen.getIfPresent(token);
        if (known == null) {
            known = signatures.decode(token);
            seen.put(token, known);
        } else if (expiry(known).plus(CLOCK_SKEW).isBefore(clock.instant())) {
            seen.invalidate(token);
            throw new BadJwtException("The token has expired");
        }
        return known;
    }

    /** Whether this token's signature was found good before; that it has not expired since is not said. */
    public boolean knows(String token) {
        return seen.getIfPresent(token) != null;
    }

    private static Instant expiry(Jwt verified) {
        return Objects.requireNonNull(verified.getExpiresAt(), "a token without expiry was accepted");
    }

    private static JWKSet parse(String publicKeys) {
        try {
            return JWKSet.parse(publicKeys).toPublicJWKSet();
        } catch (ParseException unreadable) {
            throw new IllegalArgumentException("holdfast.token.public-keys is no JWK set", unreadable);
        }
    }
}
