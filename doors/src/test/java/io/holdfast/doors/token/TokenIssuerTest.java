package io.holdfast.doors.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;

import io.holdfast.doors.caller.Role;

class TokenIssuerTest {

    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final MovedClock clock = new MovedClock();

    @Test
    void saysWhoIssuedItForWhomAndUntilWhen() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("user-service").generate();
        TokenIssuer issuer = new TokenIssuer(key.toJSONString(), LIFETIME, clock);

        AccessToken token = issuer.issue("olga", Role.OPERATOR);

        SignedJWT parsed = SignedJWT.parse(token.value());
        assertThat(parsed.getHeader().getKeyID()).isEqualTo("user-service");
        assertThat(parsed.getJWTClaimsSet().getIssuer()).isEqualTo(issuer.issuer());
        assertThat(parsed.getJWTClaimsSet().getSubject()).isEqualTo("olga");
        assertThat(parsed.getJWTClaimsSet().getStringClaim("role")).isEqualTo("operator");
        assertThat(parsed.getJWTClaimsSet().getExpirationTime()).isEqualTo(token.expiresAt());
        assertThat(token.expiresAt()).isEqualTo(clock.instant().plus(LIFETIME));
    }

    @Test
    void refusesAKeyThatCannotSignWithoutRepeatingIt() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("user-service").generate();
        String publicHalf = key.toPublicJWK().toJSONString();
        String nameless = new ECKeyGenerator(Curve.P_256).generate().toJSONString();

        for (String unusable : new String[] {publicHalf, nameless, "{\"kty\":\"EC\",\"d\":\"secret\"}", "secret"}) {
            assertThatThrownBy(() -> new TokenIssuer(unusable, LIFETIME, clock))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("holdfast.token.private-key")
                    .hasMessageNotContaining("secret")
                    .hasNoCause();
        }
    }
}
