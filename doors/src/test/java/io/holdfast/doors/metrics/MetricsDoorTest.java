package io.holdfast.doors.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.testing.TestTokens;
import io.holdfast.failover.guard.DependencyUnavailableException;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "holdfast.metrics.password=generated",
            "management.endpoints.web.exposure.include=*",
            "management.defaults.metrics.export.enabled=true"
        })
@AutoConfigureRestTestClient
class MetricsDoorTest {

    private static final String PATH = "/actuator/prometheus";
    private static final TestTokens TOKENS = new TestTokens();

    @Autowired
    private RestTestClient http;

    @DynamicPropertySource
    static void keys(DynamicPropertyRegistry properties) {
        for (String property : TOKENS.properties("user-service")) {
            int equals = property.indexOf('=');
            properties.add(property.substring(0, equals), () -> property.substring(equals + 1));
        }
    }

    @Test
    void theReaderOfMetricsReadsThem() {
        assertThat(get(PATH, headers -> headers.setBasicAuth("metrics", "generated"))
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .contains("jvm_memory_used_bytes", "holdfast_policy_version");
    }

    @Test
    void nobodyElseReadsThem() {
        refused(get(PATH, headers -> {}));
        refused(get(PATH, headers -> headers.setBasicAuth("metrics", "wrong")));
        refused(get(PATH, headers -> headers.setBasicAuth("metrics", "")));
        refused(get(PATH, headers -> headers.setBasicAuth("operator", "generated")));
        refused(get(PATH, headers -> headers.set(HttpHeaders.AUTHORIZATION, "Basic garbage")));
    }

    @Test
    void noTokenOpensThem() {
        refused(get(PATH, headers -> headers.setBearerAuth(TOKENS.customer(UUID.randomUUID()))));
        refused(get(PATH, headers -> headers.setBearerAuth(TOKENS.operator())));
        refused(get(PATH, headers -> headers.setBearerAuth(TOKENS.service("gateway"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/metrics",
                "/actuator/failover",
                "/actuator/info",
                "/actuator/prometheus/",
                "/actuator/prometheus/x",
                "/away",
                "/internal/things",
                "/nowhere"
            })
    void theReaderOfMetricsOpensNothingElse(String path) {
        get(path, headers -> headers.setBasicAuth("metrics", "generated"))
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void countsTheAnswersThatSayComeBackLater(@Autowired MeterRegistry meters) {
        double before = unavailable(meters);

        get("/away", headers -> headers.setBearerAuth(TOKENS.operator()))
                .expectStatus()
                .isEqualTo(503);
        get("/nowhere", headers -> headers.setBearerAuth(TOKENS.operator()))
                .expectStatus()
                .isNotFound();

        assertThat(unavailable(meters) - before).isEqualTo(1);
    }

    private static double unavailable(MeterRegistry meters) {
        return meters.get("holdfast.answers.unavailable").counter().count();
    }

    private ResponseSpec get(String path, Consumer<HttpHeaders> headers) {
        return http.get().uri(path).headers(headers).exchange();
    }

    private static void refused(ResponseSpec answer) {
        answer.expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"metrics\"")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Shop {

        @GetMapping("/away")
        String away() {
            throw new DependencyUnavailableException(
                    "cassandra", DependencyUnavailableException.Reason.OPEN, Duration.ofSeconds(2), null);
        }
    }
}
