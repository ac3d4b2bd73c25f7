package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import io.holdfast.doors.testing.TestTokens;

/** The way of an operator's change to config-service. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ConfigurationRouteTest {

    private static final TestTokens TOKENS = new TestTokens();
    private static final Backend CONFIGURATION = new Backend(0);

    private final RestTestClient http;
    private final int port;

    ConfigurationRouteTest(@LocalServerPort int port) {
        this.port = port;
        http = RestTestClient.bindToServer(new JdkClientHttpRequestFactory()).build();
    }

    @DynamicPropertySource
    static void platform(DynamicPropertyRegistry properties) {
        for (String property : TOKENS.properties("gateway")) {
            int equals = property.indexOf('=');
            properties.add(property.substring(0, equals), () -> property.substring(equals + 1));
        }
        properties.add(
                "spring.cloud.discovery.client.simple.instances.config-service[0].uri",
                () -> "http://127.0.0.1:" + CONFIGURATION.port());
    }

    @BeforeEach
    void forgetEarlierRequests() {
        CONFIGURATION.forget();
    }

    @AfterAll
    static void stop() {
        CONFIGURATION.close();
    }

    @Test
    void handsTheTextTheTokenAndTheVersionItStartedFromOn() {
        CONFIGURATION.on("/api/config/files/failover.yml", Backend.json(200, "{\"version\":\"v2\"}"));
        String token = TOKENS.operator();

        put("/api/config/files/failover.yml")
                .header("Authorization", "Bearer " + token)
                .header("If-Match", "\"v1\"")
                .contentType(MediaType.TEXT_PLAIN)
                .body("failover: { tolerance: none }\n")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.version")
                .isEqualTo("v2");

        assertThat(CONFIGURATION.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.body()).isEqualTo("failover: { tolerance: none }\n");
            assertThat(seen.header("Authorization")).isEqualTo("Bearer " + token);
            assertThat(seen.header("If-Match")).isEqualTo("\"v1\"");
        });
    }

    @Test
    void asksNobodyForWhoHasNoToken() {
        put("/api/config/files/failover.yml")
                .contentType(MediaType.TEXT_PLAIN)
                .body("failover:")
                .exchange()
                .expectStatus()
                .isUnauthorized();

        assertThat(CONFIGURATION.seen()).isEmpty();
    }

    @Test
    void leadsToNoOtherDoorOfConfigService() {
        for (String path :
                new String[] {"/versions/current", "/gateway/default", "/api/config/..%2f..%2fgateway/default"}) {
            http.get()
                    .uri(URI.create("http://127.0.0.1:" + port + path))
                    .header("Authorization", "Bearer " + TOKENS.operator())
                    .exchange()
                    .expectStatus()
                    .value(status -> assertThat(status).isBetween(400, 404));
        }

        assertThat(CONFIGURATION.seen()).isEmpty();
    }

    private RestTestClient.RequestBodySpec put(String path) {
        return http.method(HttpMethod.PUT).uri(URI.create("http://127.0.0.1:" + port + path));
    }
}
