package io.holdfast.doors.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

import io.holdfast.doors.caller.Role;
import io.holdfast.doors.token.TokenIssuer;

/** The platform's issuers with keys of this test run. {@link #properties} makes a service under test trust them. */
public final class TestTokens {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Map<String, ECKey> keys;

    public TestTokens() {
        this.keys = Stream.of("gateway", "user-service", "order-service", "backup-service", "config-service")
                .collect(Collectors.toUnmodifiableMap(Function.identity(), TestTokens::key));
    }

    /** The configuration of a service that signs with its own key and verifies those of all. */
    public List<String> properties(String service) {
        return List.of(
                "holdfast.token.private-key=" + key(service, keys).toJSONString(),
                "holdfast.token.public-keys=" + publicKeys());
    }

    public String publicKeys() {
        return new JWKSet(keys.values().stream().map(key -> (JWK) key).toList()).toString(true);
    }

    public String customer(UUID userId) {
        return issuer("user-service").issue(userId.toString(), Role.CUSTOMER).value();
    }

    public String operator() {
        return issuer("user-service").issue("operator", Role.OPERATOR).value();
    }

    public String service(String name) {
        return issuer(name).issueForService().value();
    }

    /** Valid in every way but that its hour is over. */
    public String expired(UUID userId) {
        InstantSource earlier = InstantSource.offset(Clock.systemUTC(), LIFETIME.multipliedBy(-2));
        return new TokenIssuer(key("user-service", keys).toJSONString(), LIFETIME, earlier)
                .issue(userId.toString(), Role.CUSTOMER)
                .value();
    }

    /** Says to be from user-service, but is signed with a key of someone else's. */
    public String forged(UUID userId) {
        return new TokenIssuer(key("user-service").toJSONString(), LIFETIME, Clock.systemUTC())
                .issue(userId.toString(), Role.CUSTOMER)
                .value();
    }

    /** The issuer of one service, for tokens this service should not issue. */
    public TokenIssuer issuer(String service) {
        return new TokenIssuer(key(service, keys).toJSONString(), LIFETIME, Clock.systemUTC());
    }

    private static ECKey key(String service, Map<String, ECKey> keys) {
        ECKey key = keys.get(service);
        if (key == null) {
            throw new IllegalArgumentException("no such issuer: " + service);
        }
        return key;
    }

    private static ECKey key(String service) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(service).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
