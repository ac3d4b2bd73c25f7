package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import org.springframework.test.web.servlet.client.RestTestClient;

import io.holdfast.doors.testing.TestTokens;
import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.policy.PolicyFile;
import io.holdfast.failover.policy.PolicyReading.Accepted;
import io.holdfast.failover.routing.RouteView.InstanceView;
import io.holdfast.failover.routing.RouteView.State;
import io.holdfast.failover.routing.ServiceRoutes;

/** The gateway before two instances of a service, one of which fails. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class RoutedGatewayTest {

    private static final TestTokens TOKENS = new TestTokens();
    private static final String KEY = "Holdfast-Routing-Key";
    private static final Backend FIRST = new Backend(0);
    private static final Backend SECOND = new Backend(0);

    private final RestTestClient http;
    private final int port;
    private final PolicyGuards guards;
    private final ServiceRoutes routes;

    RoutedGatewayTest(@LocalServerPort int port, PolicyGuards guards, ServiceRoutes routes) {
        this.http = RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
                .baseUrl("http://127.0.0.1:" + port)
                .build();
        this.port = port;
        this.guards = guards;
        this.routes = routes;
    }

    @DynamicPropertySource
    static void platform(DynamicPropertyRegistry properties) {
        for (String property : TOKENS.properties("gateway")) {
            int equals = property.indexOf('=');
            properties.add(property.substring(0, equals), () -> property.substring(equals + 1));
        }
        for (int i = 0; i < 2; i++) {
            int number = i + 1;
            int port = List.of(FIRST, SECOND).get(i).port();
            String prefix = "spring.cloud.discovery.client.simple.instances.user-service[" + i + "].";
            properties.add(prefix + "uri", () -> "http://127.0.0.1:" + port);
            properties.add(prefix + "instance-id", () -> "user-service-" + number);
        }
    }

    @BeforeEach
    void bothAnswerAgain() {
        for (Backend backend : List.of(FIRST, SECOND)) {
            backend.forget();
            backend.saysOfItsReadiness(200);
            backend.on("/api/tokens", Backend.json(200, "{}"));
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> instances().stream().allMatch(instance -> instance.state() == State.UP));
        follow("routing: active-passive");
    }

    @AfterAll
    static void stop() {
        FIRST.close();
        SECOND.close();
    }

    @Test
    void aReadGoesToTheOtherInstanceWhenTheConnectionBreaks() {
        UUID user = UUID.randomUUID();
        FIRST.on("/api/users/" + user, Backend.broken());
        SECOND.on("/api/users/" + user, Backend.json(200, "{}"));

        read(user).expectStatus().isOk();

        assertThat(FIRST.seen()).hasSize(1);
        assertThat(SECOND.seen()).hasSize(1);
        assertThat(instances()).extracting(InstanceView::inFlight).containsOnly(0);
    }

    @Test
    void aReadGoesToTheOtherInstanceWhenTheAnswerBreaksOffHalfWay() {
        UUID user = UUID.randomUUID();
        FIRST.on("/api/users/" + user, Backend.cutOff());
        SECOND.on("/api/users/" + user, Backend.json(200, "{\"whole\":true}"));

        read(user).expectStatus().isOk().expectBody().jsonPath("$.whole").isEqualTo(true);

        assertThat(FIRST.seen()).hasSize(1);
        assertThat(instances()).extracting(InstanceView::inFlight).containsOnly(0);
    }

    @Test
    void anAnswerToAWriteThatBreaksOffHalfWayIsNoAnswer() {
        FIRST.on("/api/tokens", Backend.cutOff());

        write().expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");

        assertThat(SECOND.seen()).isEmpty();
    }

    @Test
    void aStalledInstanceCostsOneWriteAndTheNextGoesElsewhere() {
        follow("routing: active-passive, timeout: 300ms");
        FIRST.saysOfItsReadiness(503);
        FIRST.on("/api/tokens", FIRST.stalled());

        write().expectStatus().isEqualTo(503);
        write().expectStatus().isOk();

        assertThat(FIRST.seen()).hasSize(1);
        assertThat(SECOND.seen()).hasSize(1);
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(instances())
                        .extracting(InstanceView::state, InstanceView::inFlight)
                        .containsExactly(tuple(State.EJECTED, 0), tuple(State.UP, 0)));
    }

    @Test
    void anAnswerOfAnInstanceEjectsNobody() {
        FIRST.on("/api/tokens", Backend.json(500, "{}"));

        write().expectStatus().isEqualTo(500);

        assertThat(instances()).extracting(InstanceView::state).containsOnly(State.UP);
    }

    @Test
    void aCustomersCallsStayTogetherAndThoseOfManySpread() {
        follow("routing: consistent-hash");
        for (int i = 0; i < 12; i++) {
            UUID user = UUID.randomUUID();
            FIRST.on("/api/users/" + user, Backend.json(200, "{}"));
            SECOND.on("/api/users/" + user, Backend.json(200, "{}"));
            FIRST.seen().clear();
            int before = SECOND.seen().size();
            IntStream.range(0, 4).forEach(call -> read(user).expectStatus().isOk());

            assertThat(FIRST.seen().size()).isIn(0, 4);
            assertThat(SECOND.seen().size() - before).isEqualTo(4 - FIRST.seen().size());
        }
        assertThat(SECOND.seen()).isNotEmpty().hasSizeLessThan(48);
    }

    @Test
    void theRoutingKeyIsTheSignedInCustomerWhateverTheCallerClaims() {
        UUID user = UUID.randomUUID();
        FIRST.on("/api/users/" + user, Backend.json(200, "{}"));

        http.get()
                .uri("/api/users/" + user)
                .header("Authorization", "Bearer " + TOKENS.customer(user))
                .header(KEY, "somebody-else")
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(FIRST.seen())
                .singleElement()
                .satisfies(seen -> assertThat(seen.header(KEY)).isEqualTo(user.toString()));
    }

    @Test
    void thereIsNoRoutingKeyForAnOperatorOrWhoIsNotSignedIn() {
        UUID user = UUID.randomUUID();
        FIRST.on("/api/users/" + user, Backend.json(200, "{}"));

        http.get()
                .uri("/api/users/" + user)
                .header("Authorization", "Bearer " + TOKENS.operator())
                .header(KEY, "somebody-else")
                .exchange()
                .expectStatus()
                .isOk();
        write().expectStatus().isOk();

        assertThat(FIRST.seen())
                .hasSize(2)
                .allSatisfy(seen -> assertThat(seen.header(KEY)).isNull());
    }

    /** A caller who sends less than he announces must neither hold a place at an instance nor cost the instance its own. */
    @Test
    void aReadWhoseBodyStallsCountsAgainstItsCallerAndNotAgainstTheInstance() throws IOException {
        follow("routing: active-passive, timeout: 100ms, retry: { attempts: 1 }");
        String request = "GET /api/users/1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + TOKENS.customer(UUID.randomUUID()) + "\r\nContent-Length: 10\r\n\r\nhal";
        write().expectStatus().isOk();

        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), port)) {
            caller.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            await().during(Duration.ofMillis(600))
                    .atMost(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(instances())
                            .extracting(InstanceView::state, InstanceView::inFlight)
                            .containsOnly(tuple(State.UP, 0)));
        }
    }

    @Test
    void whatIsReadOfAServicesDescriptionTellsWhetherAnInstanceAnswers() {
        FIRST.on("/v3/api-docs", Backend.broken());
        SECOND.on("/v3/api-docs", Backend.json(200, "{\"paths\": {\"/api/users\": {}}}"));

        http.get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.paths['/api/users']")
                .exists();
    }

    private RestTestClient.ResponseSpec read(UUID user) {
        return http.get()
                .uri("/api/users/" + user)
                .header("Authorization", "Bearer " + TOKENS.customer(user))
                .exchange();
    }

    private RestTestClient.ResponseSpec write() {
        return http.method(HttpMethod.POST)
                .uri("/api/tokens")
                .header(KEY, "somebody-else")
                .exchange();
    }

    private List<InstanceView> instances() {
        return routes.views().stream()
                .filter(route -> route.service().equals("user-service"))
                .flatMap(route -> route.instances().stream())
                .toList();
    }

    private void follow(String policy) {
        String file = "failover: { dependencies: { user-service: { " + policy + " } } }";
        assertThat(PolicyFile.read("failover.yml", file.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(Accepted.class, accepted -> guards.follow(accepted.policy()));
    }
}
