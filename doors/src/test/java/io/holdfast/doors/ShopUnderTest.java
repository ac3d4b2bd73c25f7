package io.holdfast.doors;

import java.util.UUID;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import io.holdfast.doors.testing.TestTokens;

/** A service with a few doors, and a client in front of them. */
@SpringBootTest(classes = Shop.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
abstract class ShopUnderTest {

    static final TestTokens TOKENS = new TestTokens();
    static final UUID ANNA = UUID.randomUUID();

    @Autowired
    RestTestClient http;

    @DynamicPropertySource
    static void keys(DynamicPropertyRegistry properties) {
        for (String property : TOKENS.properties("user-service")) {
            int equals = property.indexOf('=');
            properties.add(property.substring(0, equals), () -> property.substring(equals + 1));
        }
    }

    RestTestClient.BodyContentSpec problem(ResponseSpec answer, int status) {
        return answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .exists("X-Request-Id")
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.title")
                .exists()
                .jsonPath("$.type")
                .isEqualTo("about:blank")
                .jsonPath("$.instance")
                .exists()
                .jsonPath("$.requestId")
                .exists();
    }

    ResponseSpec get(String path, String token) {
        return http.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }
}
