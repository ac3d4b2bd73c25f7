package io.holdfast.doors.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;

import io.holdfast.doors.caller.Role;

class VerifiedTokensTest {

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final UUID ANNA = UUID.randomUUID();

    private final MovedClock clock = new MovedClock();
    private final ECKey ofUsers;
    private final ECKey ofOrders;
    private final VerifiedTokens tokens;
    private final TokenIssuer users;
    private final TokenIssuer orders;

    VerifiedTokensTest() throws Exception {
        ofUsers = new ECKeyGenerator(Curve.P_256).keyID("user-service").generate();
        ofOrders = new ECKeyGenerator(Curve.P_256).keyID("order-service").generate();
        tokens = new VerifiedTokens(new JWKSet(List.of(ofUsers, ofOrders)).toString(true), clock);
        users = new TokenIssuer(ofUsers.toJSONString(), LIFETIME, clock);
        orders = new TokenIssuer(ofOrders.toJSONString(), LIFETIME, clock);
    }

    private JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();

    @BeforeEach
    void claimsThatHold() {
        claims = new JWTClaimsSet.Builder()
                .issuer("user-service")
                .subject(ANNA.toString())
                .claim("role", "customer")
                .expirationTime(Date.from(clock.instant().plus(LIFETIME)));
    }

    @Test
    void acceptsACustomerAnOperatorAndAService() {
        assertThat(tokens.decode(users.issue(ANNA.toString(), Role.CUSTOMER).value())
                        .getSubject())
                .isEqualTo(ANNA.toString());
        assertThat(tokens.decode(users.issue("olga", Role.OPERATOR).value()).getClaimAsString("role"))
                .isEqualTo("operator");
        assertThat(tokens.decode(orders.issueForService().value()).getSubject()).isEqualTo("order-service");
    }

    @Test
    void remembersWhatItHasVerified() {
        String token = orders.issueForService().value();

        assertThat(tokens.decode(token)).isSameAs(tokens.decode(token));
    }

    @Test
    void knowsATokenOnceItsSignatureWasFoundGood() throws Exception {
        String good = users.issue(ANNA.toString(), Role.CUSTOMER).value();
        assertThat(tokens.knows(good)).isFalse();

        tokens.decode(good);

        assertThat(tokens.knows(good)).isTrue();
        assertThat(tokens.knows(good + "x")).isFalse();
    }

    @Test
    void refusesARememberedTokenOnceItHasExpired() {
        String token = orders.issueForService().value();
        tokens.decode(token);

        clock.move(LIFETIME.plusSeconds(6));

        assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(JwtException.class);
    }

    @Test
    void onlyUserServiceSpeaksForPersons() {
        refused(orders.issue(ANNA.toString(), Role.CUSTOMER).value());
        refused(orders.issue("olga", Role.OPERATOR).value());
    }

    @Test
    void aServiceSpeaksForItselfAlone() {
        refused(orders.issue("backup-service", Role.SERVICE).value());
        refused(users.issue("order-service", Role.SERVICE).value());
    }

    @Test
    void aCustomersSubjectIsAUserId() {
        refused(users.issue("anna", Role.CUSTOMER).value());
        refused(users.issue(ANNA.toString().toUpperCase(Locale.ROOT) + "A", Role.CUSTOMER)
                .value());
    }

    @Test
    void theIssuerIsTheOneWhoseKeySigned() throws Exception {
        refused(signed(claims.issuer("order-service").build(), ofUsers));
        assertThat(tokens.decode(signed(claims.issuer("user-service").build(), ofUsers))
                        .getSubject())
                .isEqualTo(ANNA.toString());
    }

    @Test
    void everyTokenEndsSomeTime() throws Exception {
        refused(signed(claims.expirationTime(null).build(), ofUsers));
    }

    @Test
    void aRoleThatIsNoneIsRefused() throws Exception {
        refused(signed(claims.claim("role", "admin").build(), ofUsers));
        refused(signed(claims.claim("role", null).build(), ofUsers));
    }

    @Test
    void anotherKeyUnderAKnownNameIsRefused() throws Exception {
        ECKey forger = new ECKeyGenerator(Curve.P_256).keyID("user-service").generate();

        refused(signed(claims.build(), forger));
    }

    @Test
    void anotherAlgorithmIsRefused() throws Exception {
        refused(new PlainJWT(claims.build()).serialize());
        SignedJWT bySharedSecret = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("user-service").build(), claims.build());
        bySharedSecret.sign(new MACSigner(new byte[32]));
        refused(bySharedSecret.serialize());
    }

    private void refused(String token) {
        assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(JwtException.class);
    }

    private static String signed(JWTClaimsSet claims, ECKey key) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }
}
