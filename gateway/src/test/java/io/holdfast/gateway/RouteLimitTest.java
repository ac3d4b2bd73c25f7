package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
import io.holdfast.failover.live.AdmissionView;
import io.holdfast.failover.policy.AdmissionPolicy;
import io.holdfast.gateway.admission.Admission;

/** All clients together: what a route takes in a time, and how many of its requests may be under way. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class RouteLimitTest {

    private static final TestTokens TOKENS = new TestTokens();
    private static final Backend USERS = new Backend(0);
    private static final Backend ORDERS = new Backend(0);
    private static final Executor CALLERS = task -> Thread.ofVirtual().start(task);
    private static final String ONE_PLACE = "concurrency: { initial: 1, minimum: 1, maximum: 1 }";
    private static final String TWO_PLACES = "concurrency: { initial: 2, minimum: 2, maximum: 2 }";

    /** With less of a body than it announces. */
    private static final String HALF_AN_ORDER = "POST /api/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + TOKENS.customer(UUID.randomUUID()) + "\r\nContent-Length: 10\r\n\r\nhalf";

    private final GatewayUnderLoad gateway;
    private final Admission admission;
    private final MeterRegistry meters;
    private final CountDownLatch answering = new CountDownLatch(1);

    RouteLimitTest(@LocalServerPort int port, PolicyGuards guards, Admission admission, MeterRegistry meters) {
        this.gateway = new GatewayUnderLoad(port, guards);
        this.admission = admission;
        this.meters = meters;
    }

    @DynamicPropertySource
    static void platform(DynamicPropertyRegistry properties) {
        GatewayUnderLoad.configure(properties, TOKENS, USERS, ORDERS);
    }

    /** All tests share the buckets of the routes; a generous limit fills them. */
    @BeforeEach
    void everyoneAnswersAndEveryBucketIsFull() {
        String generous = "{ requests: 100000, per: 100ms, burst: 100000 }";
        gateway.save("per-client: { enabled: false }, routes: { order-service: " + generous + ", user-service: "
                + generous + " }");
        USERS.forget();
        ORDERS.forget();
        USERS.on("/api/tokens", Backend.json(200, "{}"));
        ORDERS.on("/api/orders", Backend.json(201, "{}"));
        order();
        signIn();
        await().atMost(Duration.ofSeconds(5)).until(() -> order().statusCode() == 201 && signIn().statusCode() == 200);
        ORDERS.seen().clear();
    }

    @AfterAll
    static void stop() {
        USERS.close();
        ORDERS.close();
    }

    @Test
    void theRoutesOfThePolicyAreThoseThereAre() {
        assertThat(admission.view().routes())
                .extracting(AdmissionView.RouteView::route)
                .containsExactlyInAnyOrderElementsOf(AdmissionPolicy.ROUTES);
    }

    @Test
    void whatIsTooMuchForARouteIsRefusedWhoeverSendsIt() {
        gateway.save("routes: { order-service: { requests: 1, per: 10m, burst: 3 } }");

        List<Integer> statuses =
                IntStream.range(0, 5).mapToObj(i -> order().statusCode()).toList();

        assertThat(statuses).containsExactly(201, 201, 201, 429, 429);
        assertThat(ORDERS.seen()).hasSize(3);
        assertThat(Long.parseLong(order().headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(590L, 600L);
        assertThat(order().headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(signIn().statusCode()).as("another route").isEqualTo(200);
    }

    @Test
    void theOperatorCountsAsEverybodyDoes() {
        gateway.save("routes: { order-service: { requests: 1, per: 9m, burst: 2 } }");
        fill("order-service");

        assertThat(gateway.post("/api/orders", TOKENS.operator()).statusCode()).isEqualTo(429);
    }

    @Test
    void whoHasNoValidTokenTakesNothingFromARoute() {
        gateway.save("routes: { order-service: { requests: 1, per: 8m, burst: 1 } }");
        IntStream.range(0, 5)
                .forEach(i ->
                        assertThat(gateway.post("/api/orders", "").statusCode()).isEqualTo(401));

        assertThat(order().statusCode()).isEqualTo(201);
        assertThat(order().statusCode()).isEqualTo(429);
    }

    @Test
    void asManyAreUnderWayAsMayBeAndThenThereIsAPlaceAgain() throws Exception {
        gateway.save(ONE_PLACE);
        ORDERS.on("/api/orders", this::whenTold);
        CompletableFuture<HttpResponse<String>> first = begin();

        HttpResponse<String> refused = order();

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.body()).contains("nothing was begun");
        assertThat(ORDERS.seen()).hasSize(1);
        assertThat(signIn().statusCode()).as("another route").isEqualTo(200);
        answering.countDown();
        assertThat(first.get().statusCode()).isEqualTo(201);
        await().atMost(Duration.ofSeconds(5)).until(() -> order().statusCode() == 201);
    }

    @Test
    void aSavedLimitKeepsWhatIsUnderWay() throws Exception {
        gateway.save("concurrency: { enabled: false }");
        ORDERS.on("/api/orders", this::whenTold);
        CompletableFuture<HttpResponse<String>> first = begin();

        gateway.save(ONE_PLACE);
        assertThat(order().statusCode()).isEqualTo(429);
        gateway.save(TWO_PLACES);
        CompletableFuture<HttpResponse<String>> second = begin();
        assertThat(order().statusCode()).isEqualTo(429);

        answering.countDown();
        assertThat(first.get().statusCode()).isEqualTo(201);
        assertThat(second.get().statusCode()).isEqualTo(201);
    }

    /** Otherwise a few callers who send a byte now and then would keep all places. */
    @Test
    void aCallerWhoSendsHisBodySlowlyKeepsNoPlace() throws IOException {
        gateway.save(ONE_PLACE);
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            slow.getOutputStream().write(HALF_AN_ORDER.getBytes(StandardCharsets.US_ASCII));

            await().during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(order().statusCode()).isEqualTo(201));
        }
    }

    @Test
    void whoFindsAllPlacesTakenIsToldSoBeforeHisBodyIsRead() throws Exception {
        gateway.save(ONE_PLACE);
        ORDERS.on("/api/orders", this::whenTold);
        CompletableFuture<HttpResponse<String>> first = begin();

        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            caller.setSoTimeout(5_000);
            caller.getOutputStream().write(HALF_AN_ORDER.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(caller.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 429");
        }

        answering.countDown();
        assertThat(first.get().statusCode()).isEqualTo(201);
    }

    @Test
    void theToleranceNoneLetsEverythingIn() throws Exception {
        gateway.save(ONE_PLACE + ", per-client: { requests: 1, per: 10m, burst: 1 }");
        gateway.saveTolerance("none");
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = callers.invokeAll(IntStream.range(0, 40)
                    .<Callable<Integer>>mapToObj(i -> () -> signIn().statusCode())
                    .toList());

            assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isEqualTo(200));
        }
    }

    @Test
    void theEndpointAndTheMetersShowWhatIsLetInAndWhatIsRefused() throws Exception {
        gateway.save(TWO_PLACES + ", routes: { user-service: { requests: 1, per: 7m, burst: 1 } }");
        ORDERS.on("/api/orders", this::whenTold);
        double before = refused("order-service", "concurrency");
        CompletableFuture<HttpResponse<String>> first = begin();
        CompletableFuture<HttpResponse<String>> second = begin();
        order();
        fill("user-service");

        JsonNode shown = JsonMapper.shared()
                .readTree(gateway.get("/actuator/failover", TOKENS.operator()).body())
                .path("admission");

        assertThat(shown.at("/policy/concurrency/maximum").asInt()).isEqualTo(2);
        assertThat(shown.at("/policy/routes/user-service/per").asString()).isEqualTo("PT7M");
        assertThat(shown.path("routes")).anySatisfy(route -> {
            assertThat(route.path("route").asString()).isEqualTo("order-service");
            assertThat(route.path("limit").asInt()).isEqualTo(2);
            assertThat(route.path("underWay").asInt()).isEqualTo(2);
            assertThat(route.path("refused").asInt()).isPositive();
        });
        assertThat(gauge("holdfast.admission.limit")).isEqualTo(2);
        assertThat(gauge("holdfast.admission.under.way")).isEqualTo(2);
        assertThat(refused("order-service", "concurrency") - before).isEqualTo(1);
        assertThat(refused("user-service", "route")).isPositive();
        gateway.save("concurrency: { enabled: false }");
        assertThat(gauge("holdfast.admission.limit")).isZero();
        answering.countDown();
        CompletableFuture.allOf(first, second).get();
        await().atMost(Duration.ofSeconds(5)).until(() -> gauge("holdfast.admission.under.way") == 0);
    }

    private double gauge(String name) {
        return meters.get(name).tag("route", "order-service").gauge().value();
    }

    private double refused(String route, String reason) {
        return meters.get("holdfast.admission.refused")
                .tags("route", route, "reason", reason)
                .counter()
                .count();
    }

    /** Sends as many as it takes until one is refused. */
    private void fill(String route) {
        await().atMost(Duration.ofSeconds(5))
                .until(() -> (route.equals("order-service") ? order() : signIn()).statusCode() == 429);
    }

    private CompletableFuture<HttpResponse<String>> begin() {
        int before = ORDERS.seen().size();
        CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(this::order, CALLERS);
        await().atMost(Duration.ofSeconds(5)).until(() -> ORDERS.seen().size() > before);
        return answer;
    }

    private HttpResponse<String> order() {
        return gateway.post("/api/orders", TOKENS.customer(UUID.randomUUID()));
    }

    private HttpResponse<String> signIn() {
        return gateway.post("/api/tokens", "");
    }

    private void whenTold(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
        try {
            answering.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Backend.json(201, "{}").to(exchange);
    }
}
