package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** What is answered when a service gives no answer, and what is said of services that do not. */
class ServiceAwayTest extends GatewayUnderTest {

    private final MeterRegistry meters;

    ServiceAwayTest(@LocalServerPort int port, @Autowired MeterRegistry meters) {
        super(port);
        this.meters = meters;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/backups", "/api/backups/audit", "/api/jobs", "/api/jobs/1"})
    void aServiceThatIsAwayIs503WithRetryAfterAndCounted(String path) {
        double before = failed("backup-service");

        read(path)
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .value(
                        String.class,
                        detail -> assertThat(detail).contains("backup-service").doesNotContain("127.0.0.1"));

        assertThat(failed("backup-service")).isEqualTo(before + 1);
    }

    @Test
    void repeatsAReadOnAConnectionThatBreaksButNeverAWrite() {
        USERS.on("/api/users/" + ANNA, exchange -> {
            Backend.Answer answer = USERS.seen().size() < 2 ? Backend.broken() : Backend.json(200, "{}");
            answer.to(exchange);
        });
        USERS.on("/api/tokens", Backend.broken());

        read("/api/users/" + ANNA).expectStatus().isOk();
        assertThat(USERS.seen()).hasSize(2);
        USERS.seen().clear();

        http.post().uri("/api/tokens").exchange().expectStatus().isEqualTo(503);
        assertThat(USERS.seen()).hasSize(1);
    }

    @Test
    void repeatsAnOrderThatHasAKeyWithItsWholeBodyAndNoneWithout() {
        ORDERS.on("/api/orders", exchange -> {
            Backend.Answer answer = ORDERS.seen().size() < 2 ? Backend.broken() : Backend.json(201, "{}");
            answer.to(exchange);
        });

        order("k-1").expectStatus().isCreated();
        assertThat(ORDERS.seen()).hasSize(2).allSatisfy(seen -> {
            assertThat(seen.header("Idempotency-Key")).isEqualTo("k-1");
            assertThat(seen.body()).isEqualTo("{\"currency\":\"GBP\"}");
        });
        ORDERS.seen().clear();

        order("").expectStatus().isEqualTo(503);
        assertThat(ORDERS.seen()).hasSize(1);
    }

    @Test
    void aServiceThatStallsIs503AfterItsTimeout() {
        USERS.on("/api/tokens", USERS.stalled());

        http.method(HttpMethod.POST)
                .uri("/api/tokens")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("in time"));
    }

    @Test
    void theOperatorSeesWhichInstancesAnswer() {
        USERS.on(
                "/actuator/failover",
                Backend.json(
                        200,
                        "{\"version\":\"abc\",\"guards\":[{\"dependency\":\"cassandra\",\"state\":\"OPEN\",\"x\":1}]}"));

        http.get()
                .uri("/api/platform/services")
                .header("Authorization", "Bearer " + TOKENS.operator())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.services[?(@.name=='user-service')].instances[0].status")
                .isEqualTo("UP")
                .jsonPath("$.services[?(@.name=='user-service')].instances[0].id")
                .isEqualTo("user-service-1")
                .jsonPath("$.services[?(@.name=='user-service')].instances[0].policyVersion")
                .isEqualTo("abc")
                .jsonPath("$.services[?(@.name=='user-service')].instances[0].guards[0].state")
                .isEqualTo("OPEN")
                .jsonPath("$.services[?(@.name=='backup-service')].instances[0].status")
                .isEqualTo("UNREACHABLE");
    }

    @Test
    void onlyTheOperatorSeesThePlatform() {
        read("/api/platform/services").expectStatus().isForbidden();
    }

    @Test
    void describesWhatCanBeReachedAndSaysWhatIsMissing() {
        USERS.on("/v3/api-docs", Backend.json(200, """
                        {"paths": {"/api/users": {"post": {"x": {"$ref": "#/components/schemas/Page"}}}, "/internal/x": {}},
                         "components": {"schemas": {"Page": {"type": "object"}}}}"""));
        ORDERS.on("/v3/api-docs", Backend.json(200, """
                        {"paths": {"/api/orders": {"post": {"x": {"$ref": "#/components/schemas/Page"}}}},
                         "components": {"schemas": {"Page": {"type": "string"}}}}"""));

        http.get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.paths['/api/users'].post.x.$ref")
                .isEqualTo("#/components/schemas/Page")
                .jsonPath("$.paths['/api/orders'].post.x.$ref")
                .isEqualTo("#/components/schemas/order-service.Page")
                .jsonPath("$.paths['/api/platform/services'].get")
                .exists()
                .jsonPath("$.paths['/internal/x']")
                .doesNotExist()
                .jsonPath("$.components.schemas['order-service.Page'].type")
                .isEqualTo("string")
                .jsonPath("$['x-missing-services'][0]")
                .isEqualTo("backup-service");
    }

    /** @param key none when empty */
    private RestTestClient.ResponseSpec order(String key) {
        return http.post()
                .uri("/api/orders")
                .header("Authorization", "Bearer " + TOKENS.customer(ANNA))
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"currency\":\"GBP\"}")
                .exchange();
    }

    private double failed(String dependency) {
        return meters.find("holdfast.fallbacks").tags("dependency", dependency, "mode", "failed").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
