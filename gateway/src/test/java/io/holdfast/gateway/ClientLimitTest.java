package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.doors.testing.TestTokens;
import io.holdfast.failover.guard.PolicyGuards;

/** One client who sends too much, and the others. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class ClientLimitTest {

    private static final TestTokens TOKENS = new TestTokens();
    private static final Backend USERS = new Backend(0);
    private static final Backend ORDERS = new Backend(0);
    private static final String NEVER_AGAIN =
            "concurrency: { enabled: false }, per-client: { requests: 1, per: 10m, burst: ";

    private final GatewayUnderLoad gateway;
    private final MeterRegistry meters;
    private final String ada = TOKENS.customer(UUID.randomUUID());

    ClientLimitTest(@LocalServerPort int port, PolicyGuards guards, MeterRegistry meters) {
        this.gateway = new GatewayUnderLoad(port, guards);
        this.meters = meters;
    }

    @DynamicPropertySource
    static void platform(DynamicPropertyRegistry properties) {
        GatewayUnderLoad.configure(properties, TOKENS, USERS, ORDERS);
    }

    /** All tests share an address; a generous limit fills its bucket. */
    @BeforeEach
    void everyBucketIsFullAgain() {
        gateway.save("per-client: { requests: 100000, per: 100ms, burst: 100000 }");
        USERS.forget();
        ORDERS.forget();
        USERS.on("/api/tokens", Backend.json(200, "{}"));
        ORDERS.on("/api/orders", Backend.json(201, "{}"));
        signIn();
        await().atMost(Duration.ofSeconds(5)).until(() -> signIn().statusCode() == 200);
        USERS.seen().clear();
    }

    @AfterAll
    static void stop() {
        USERS.close();
        ORDERS.close();
    }

    @Test
    void whoSendsTooMuchIsToldSoAndTheServiceIsNotAsked() {
        gateway.save(NEVER_AGAIN + "3 }");

        assertThat(statuses(5, ada)).containsExactly(201, 201, 201, 429, 429);

        HttpResponse<String> refused = order(ada);
        JsonNode problem = JsonMapper.shared().readTree(refused.body());
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(590L, 600L);
        assertThat(problem.path("status").asInt()).isEqualTo(429);
        assertThat(problem.path("title").asString()).isEqualTo("Too many requests");
        assertThat(problem.path("detail").asString()).contains("nothing was begun");
        assertThat(problem.path("requestId").asString())
                .isEqualTo(refused.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(ORDERS.seen()).hasSize(3);
    }

    @Test
    void otherCustomersAtTheSameAddressAreNotTouchedByIt() {
        gateway.save(NEVER_AGAIN + "1 }");

        assertThat(statuses(2, ada)).containsExactly(201, 429);
        assertThat(statuses(2, TOKENS.customer(UUID.randomUUID()))).containsExactly(201, 429);
    }

    @Test
    void theOperatorIsNotCounted() {
        gateway.save(NEVER_AGAIN + "1 }");

        assertThat(statuses(20, TOKENS.operator())).containsOnly(201);
    }

    @Test
    void whoIsNotSignedInCountsAsHisAddress() {
        gateway.save(NEVER_AGAIN + "2 }");

        assertThat(List.of(signIn().statusCode(), signIn().statusCode(), signIn().statusCode()))
                .containsExactly(200, 200, 429);
        assertThat(USERS.seen()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP"})
    void anAddressInAHeaderMakesNobodyANewClient(String header) {
        gateway.save(NEVER_AGAIN + "2 }");

        List<Integer> statuses = IntStream.range(0, 4)
                .mapToObj(i -> gateway.post("/api/tokens", "", header, spoofed(header, "203.0.113." + i))
                        .statusCode())
                .toList();

        assertThat(statuses).containsExactly(200, 200, 429, 429);
    }

    @Test
    void aTokenThatIsNotValidMakesNobodyANewClient() {
        gateway.save(NEVER_AGAIN + "2 }");

        assertThat(order(TOKENS.forged(UUID.randomUUID())).statusCode()).isEqualTo(401);
        assertThat(order("garbage").statusCode()).isEqualTo(401);
        assertThat(order(TOKENS.expired(UUID.randomUUID())).statusCode()).isEqualTo(429);
        assertThat(order("").statusCode()).isEqualTo(429);
    }

    @Test
    void atAnAddressThatIsUsedUpNoNewTokenIsLookedAtAndThoseThatAreKnownGoOn() {
        gateway.save(NEVER_AGAIN + "2 }");
        assertThat(order(ada).statusCode()).isEqualTo(201);
        signIn();
        signIn();

        assertThat(order(TOKENS.customer(UUID.randomUUID())).statusCode()).isEqualTo(429);
        assertThat(order(ada).statusCode()).isEqualTo(201);
    }

    @Test
    void whoWaitsAsLongAsToldIsLetIn() {
        gateway.save("per-client: { requests: 2, per: 3s, burst: 1 }");
        assertThat(order(ada).statusCode()).isEqualTo(201);
        HttpResponse<String> refused = order(ada);
        long told = Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow());
        AtomicInteger tries = new AtomicInteger();

        await().pollDelay(Duration.ofSeconds(told))
                .atMost(Duration.ofSeconds(told + 5))
                .until(() -> {
                    tries.incrementAndGet();
                    return order(ada).statusCode() == 201;
                });

        assertThat(told).isEqualTo(2);
        assertThat(tries).hasValue(1);
    }

    @Test
    void aSavedPolicyHoldsFromTheNextRequestOnAndKeepsTheCounts() {
        gateway.save(NEVER_AGAIN + "5 }");
        assertThat(statuses(2, ada)).containsOnly(201);

        gateway.save(NEVER_AGAIN + "4 }");
        assertThat(statuses(4, ada)).as("three were left").containsExactly(201, 201, 201, 429);

        gateway.save(NEVER_AGAIN + "1000 }");
        assertThat(order(ada).statusCode()).as("a save fills no bucket").isEqualTo(429);

        gateway.save("per-client: { enabled: false }");
        assertThat(statuses(10, ada)).containsOnly(201);
    }

    @Test
    void whoWatchesTheGatewayIsNeverRefused() {
        gateway.save(NEVER_AGAIN + "1 }");
        signIn();
        assertThat(signIn().statusCode()).isEqualTo(429);

        for (int i = 0; i < 3; i++) {
            assertThat(gateway.get("/actuator/health", "").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/actuator/prometheus", "").statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/..;/api/tokens",
                "/actuator/%2e%2e/api/tokens",
                "/actuator;/../api/tokens",
                "/actuators"
            })
    void aPathThatOnlyLooksLikeTheActuatorsIsCounted(String path) {
        gateway.save(NEVER_AGAIN + "1 }");
        signIn();

        assertThat(gateway.post(path, "").statusCode()).isEqualTo(429);
        assertThat(gateway.get(path, "").statusCode()).isEqualTo(429);
    }

    @Test
    void refusalsAreCountedByTheRouteTheyWereMeantFor() {
        gateway.save(NEVER_AGAIN + "1 }");
        signIn();
        double orders = refused("order-service");
        double users = refused("user-service");
        double elsewhere = refused("gateway");

        order("");
        order("");
        signIn();
        gateway.get("/api/nothing", "");

        assertThat(refused("order-service") - orders).isEqualTo(2);
        assertThat(refused("user-service") - users).isEqualTo(1);
        assertThat(refused("gateway") - elsewhere).isEqualTo(1);
    }

    private double refused(String route) {
        return meters.get("holdfast.admission.refused")
                .tags("route", route, "reason", "client")
                .counter()
                .count();
    }

    private static String spoofed(String header, String address) {
        return header.equals("Forwarded") ? "for=" + address : address;
    }

    private List<Integer> statuses(int times, String token) {
        return IntStream.range(0, times)
                .mapToObj(i -> order(token).statusCode())
                .toList();
    }

    private HttpResponse<String> order(String token) {
        return gateway.post("/api/orders", token);
    }

    private HttpResponse<String> signIn() {
        return gateway.post("/api/tokens", "");
    }
}
