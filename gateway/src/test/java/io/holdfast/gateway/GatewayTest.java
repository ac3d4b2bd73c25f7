package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class GatewayTest {

    private static final TestTokens TOKENS = new TestTokens();
    private static final UUID ANNA = UUID.randomUUID();
    private static final Backend USERS = new Backend(0);
    private static final Backend ORDERS = new Backend(0);

    /** Nobody listens there. */
    private static final int DEAD_PORT = deadPort();

    private final RestTestClient http;

    /** The client repeats nothing by itself, unlike the one the gateway's libraries would choose. */
    GatewayTest(@LocalServerPort int port) {
        http = RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
                .baseUrl("http://127.0.0.1:" + port)
                .build();
    }

    @DynamicPropertySource
    static void platform(DynamicPropertyRegistry properties) {
        for (String property : TOKENS.properties("gateway")) {
            int equals = property.indexOf('=');
            properties.add(property.substring(0, equals), () -> property.substring(equals + 1));
        }
        instance(properties, "user-service", 0, USERS.port());
        instance(properties, "order-service", 0, ORDERS.port());
        instance(properties, "backup-service", 0, DEAD_PORT);
    }

    private static void instance(DynamicPropertyRegistry properties, String service, int index, int port) {
        String prefix = "spring.cloud.discovery.client.simple.instances." + service + "[" + index + "].";
        properties.add(prefix + "uri", () -> "http://127.0.0.1:" + port);
        properties.add(prefix + "instance-id", () -> service + "-" + (index + 1));
    }

    private static int deadPort() {
        try (Backend gone = new Backend(0)) {
            return gone.port();
        }
    }

    @BeforeEach
    void forgetEarlierRequests() {
        USERS.forget();
        ORDERS.forget();
    }

    @AfterAll
    static void stop() {
        USERS.close();
        ORDERS.close();
    }

    @Test
    void handsBodyTokenKeyAndRequestIdOnAndTheAnswerBack() {
        ORDERS.on("/api/orders", exchange -> {
            exchange.getResponseHeaders()
                    .set("X-Request-Id", exchange.getRequestHeaders().getFirst("X-Request-Id"));
            Backend.json(201, "{\"status\":\"CONFIRMED\"}").to(exchange);
        });
        String token = TOKENS.customer(ANNA);

        http.post()
                .uri("/api/orders")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", "key-1")
                .header("X-Request-Id", "request-7")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"currency\":\"GBP\"}")
                .exchange()
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("X-Request-Id", "request-7")
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("CONFIRMED");

        assertThat(ORDERS.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.body()).isEqualTo("{\"currency\":\"GBP\"}");
            assertThat(seen.header("Authorization")).isEqualTo("Bearer " + token);
            assertThat(seen.header("Idempotency-Key")).isEqualTo("key-1");
            assertThat(seen.header("X-Request-Id")).isEqualTo("request-7");
        });
    }

    @Test
    void sendsAUsersOrdersToOrderServiceAndTheUserToUserService() {
        ORDERS.on("/api/users/" + ANNA + "/orders", Backend.json(200, "{}"));
        USERS.on("/api/users/" + ANNA, Backend.json(200, "{}"));

        read("/api/users/" + ANNA + "/orders?limit=5").expectStatus().isOk();
        read("/api/users/" + ANNA).expectStatus().isOk();

        assertThat(ORDERS.seen())
                .singleElement()
                .extracting(Backend.Seen::path)
                .asString()
                .endsWith("orders?limit=5");
        assertThat(USERS.seen()).hasSize(1);
    }

    @Test
    void registeringAndSigningInNeedNoToken() {
        USERS.on("/api/users", Backend.json(201, "{}"));
        USERS.on("/api/tokens", Backend.json(200, "{}"));

        http.post().uri("/api/users").exchange().expectStatus().isCreated();
        http.post().uri("/api/tokens").exchange().expectStatus().isOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "expired", "forged", "garbage", "service"})
    void refusesWhoHasNoValidTokenWithoutAskingTheService(String kind) {
        var request = http.get().uri("/api/orders/" + UUID.randomUUID());
        switch (kind) {
            case "expired" -> request.header("Authorization", "Bearer " + TOKENS.expired(ANNA));
            case "forged" -> request.header("Authorization", "Bearer " + TOKENS.forged(ANNA));
            case "garbage" -> request.header("Authorization", "Bearer x.y.z");
            case "service" -> request.header("Authorization", "Bearer " + TOKENS.service("order-service") + "x");
            default -> {}
        }

        request.exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(401);

        assertThat(ORDERS.seen()).isEmpty();
    }

    @Test
    void refusesABodyOfTenMegabytesWithoutAskingTheService() {
        http.post()
                .uri("/api/orders")
                .header("Authorization", "Bearer " + TOKENS.customer(ANNA))
                .contentType(MediaType.APPLICATION_JSON)
                .body("x".repeat(10_000_000))
                .exchange()
                .expectStatus()
                .isEqualTo(413)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);

        assertThat(ORDERS.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/nothing", "/api/orders-of-others", "/api/users/1/credit", "/"})
    void whatIsNotRoutedIsNotFound(String path) {
        read(path).expectStatus().isNotFound().expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);

        assertThat(ORDERS.seen()).isEmpty();
        assertThat(USERS.seen()).isEmpty();
    }

    @Test
    void theInternalDoorsOfServicesAreNotReachableEvenForServices() {
        http.get()
                .uri("/internal/credits/1/reservations/2")
                .header("Authorization", "Bearer " + TOKENS.service("order-service"))
                .exchange()
                .expectStatus()
                .isNotFound();

        assertThat(USERS.seen()).isEmpty();
    }

    @Test
    void aServiceThatIsAwayIs503WithRetryAfter() {
        read("/api/backups")
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
    }

    @Test
    void answersOfAServiceGoBackAsTheyAre() {
        ORDERS.on("/api/orders", Backend.json(503, "{\"detail\":\"Cassandra is away\"}"));

        http.post()
                .uri("/api/orders")
                .header("Authorization", "Bearer " + TOKENS.customer(ANNA))
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Cassandra is away");
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

    private RestTestClient.ResponseSpec read(String path) {
        return http.get()
                .uri(path)
                .header("Authorization", "Bearer " + TOKENS.customer(ANNA))
                .exchange();
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
}
