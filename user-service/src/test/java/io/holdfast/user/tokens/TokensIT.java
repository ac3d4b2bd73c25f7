package io.holdfast.user.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.ParseException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import io.holdfast.user.UserServiceOnCassandra;

class TokensIT extends UserServiceOnCassandra {

    @Test
    void aUserSignsInAndSeesHimself() {
        String name = newName();
        post("/api/users", registration(name), null).expectStatus().isCreated();
        AtomicReference<String> token = new AtomicReference<>("");

        signIn(name, "correct horse")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectBody()
                .jsonPath("$.tokenType")
                .isEqualTo("Bearer")
                .jsonPath("$.expiresIn")
                .value(Integer.class, seconds -> assertThat(seconds).isBetween(3_500, 3_600))
                .jsonPath("$.accessToken")
                .value(String.class, token::set);

        get("/api/users/" + subject(String.valueOf(token.get())), token.get())
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.userName")
                .isEqualTo(name);
    }

    @Test
    void anUnknownNameAndAWrongPasswordGetTheSameAnswer() {
        String name = newName();
        post("/api/users", registration(name), null).expectStatus().isCreated();

        String wrong = detail(signIn(name, "wrong horse"));
        String unknown = detail(signIn("nobody-" + UUID.randomUUID(), "wrong horse"));

        assertThat(unknown).isEqualTo(wrong);
    }

    @Test
    void theOperatorSignsInWithHisSecret() {
        signIn("operator", OPERATORS_PASSWORD).expectStatus().isOk();
        assertThat(detail(signIn("operator", "a guess"))).contains("wrong");
    }

    @Test
    void badBodiesAreNamed() {
        problem(post("/api/tokens", Map.of("userName", "anna"), null), 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo("password");
        problem(post("/api/tokens", "{\"userName\":\"anna\",\"password\":true}", null), 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo("password");
        problem(post("/api/tokens", "{\"userName\":\"an\\u0000na\",\"password\":\"secret\"}", null), 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo("userName");
        problem(post("/api/tokens", "[]", null), 400);
    }

    private ResponseSpec signIn(String name, String password) {
        return post("/api/tokens", Map.of("userName", name, "password", password), null);
    }

    private static String detail(ResponseSpec answer) {
        AtomicReference<String> detail = new AtomicReference<>("");
        problem(answer, 401).jsonPath("$.detail").value(String.class, detail::set);
        return String.valueOf(detail.get());
    }

    private static String subject(String token) {
        try {
            return Objects.requireNonNull(
                    SignedJWT.parse(token).getJWTClaimsSet().getSubject());
        } catch (ParseException garbled) {
            throw new AssertionError(garbled);
        }
    }
}
