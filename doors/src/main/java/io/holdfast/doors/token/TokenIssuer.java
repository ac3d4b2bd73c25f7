package io.holdfast.doors.token;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import io.holdfast.doors.caller.Role;

/** Issues ES256 tokens in the name of this service: {@code iss} and {@code kid} are the service's name. */
public final class TokenIssuer {

    /** The one service whose tokens may speak for persons. */
    public static final String OF_PERSONS = "user-service";

    private final String issuer;
    private final JWSSigner signer;
    private final Duration lifetime;
    private final InstantSource clock;

    /**
     * @param privateKey an EC P-256 JWK with its private part; its kid is the issuer
     * @throws IllegalArgumentException when the key is no such key; the message does not hold it
     */
    public TokenIssuer(String privateKey, Duration lifetime, InstantSource clock) {
        ECKey key = parse(privateKey);
        this.issuer = key.getKeyID();
        this.lifetime = lifetime;
        this.clock = clock;
        try {
            this.signer = new ECDSASigner(key);
        } catch (JOSEException unusable) {
            throw new IllegalArgumentException("holdfast.token.private-key cannot sign with ES256", unusable);
        }
    }

    /** The name of this service, as tokens show it. */
    public String issuer() {
        return issuer;
    }

    /**
     * Issues a token.
     *
     * @param subject a user's id, the operator's name, or for a service its own name
     */
    public AccessToken issue(String subject, Role role) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(lifetime);
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(subject)
                .claim("role", role.claim())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .build();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(issuer)
                .type(JOSEObjectType.JWT)
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException unsigned) {
            throw new IllegalStateException("a token could not be signed", unsigned);
        }
        return new AccessToken(token.serialize(), expiresAt);
    }

    /** Issues a token for this service itself. */
    public AccessToken issueForService() {
        return issue(issuer, Role.SERVICE);
    }

    private static ECKey parse(String privateKey) {
        try {
            ECKey key = ECKey.parse(privateKey);
            if (key.getKeyID() == null || !key.isPrivate()) {
                throw new IllegalArgumentException("holdfast.token.private-key needs a kid and its private part");
            }
            return key;
        } catch (ParseException unreadable) {
            // The parser's message may quote the key.
            throw new IllegalArgumentException("holdfast.token.private-key is no EC key in JWK form");
        }
    }
}
