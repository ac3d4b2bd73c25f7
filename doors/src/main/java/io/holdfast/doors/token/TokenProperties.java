package io.holdfast.doors.token;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys of the tokens.
 *
 * @param privateKey this service's own EC P-256 key as a JWK, its kid the service's name; without it no token can be issued
 * @param publicKeys the public keys of all issuers as a JWK set, the kid of each its service's name
 * @param lifetime how long a token is valid
 */
@ConfigurationProperties("holdfast.token")
public record TokenProperties(
        @Nullable String privateKey,
        @DefaultValue("{\"keys\":[]}") String publicKeys,
        @DefaultValue("1h") Duration lifetime) {}
