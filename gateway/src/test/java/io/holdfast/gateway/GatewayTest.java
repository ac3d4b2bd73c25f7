package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;

/** What is handed on to the services, and what is not. */
@ExtendWith(OutputCaptureExtension.class)
class GatewayTest extends GatewayUnderTest {

    private final int port;

    GatewayTest(@LocalServerPort int port) {
        super(port);
        this.port = port;
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
    void aCallerWhoEndsInTheMiddleOfHisBodyIsNoErrorOfOurs(CapturedOutput output) throws IOException {
        String half = "POST /api/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TOKENS.customer(ANNA)
                + "\r\nContent-Length: 10\r\n\r\nhalf";
        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), port)) {
            caller.setSoTimeout(5_000);
            caller.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
            caller.shutdownOutput();

            assertThat(new String(caller.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 400");
        }
        assertThat(output.getAll()).doesNotContain("failed unexpectedly");
        assertThat(ORDERS.seen()).isEmpty();
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
    void sendsDeadLettersOfAllJournalsToOrderService() {
        ORDERS.on("/api/dead-letters", Backend.json(200, "{}"));
        ORDERS.on("/api/dead-letters/users-17/replays", Backend.json(200, "{}"));

        read("/api/dead-letters?journal=users").expectStatus().isOk();
        http.post()
                .uri("/api/dead-letters/users-17/replays")
                .header("Authorization", "Bearer " + TOKENS.operator())
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(ORDERS.seen())
                .extracting(Backend.Seen::path)
                .containsExactly("/api/dead-letters?journal=users", "/api/dead-letters/users-17/replays");
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

    /** The server refuses the first itself; the others are left to us. */
    @ParameterizedTest
    @ValueSource(strings = {"a\u0001b", "a\u0085b", "a\u007fb"})
    void refusesAHeaderWithAControlCharacterWithoutAskingTheService(String value) throws IOException {
        ORDERS.on("/api/orders/1", Backend.json(200, "{}"));

        String answer =
                answerTo("GET /api/orders/1 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer "
                        + TOKENS.customer(ANNA) + "\r\nX-Note: " + value + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").containsIgnoringCase("Content-Type: application/problem+json");
        assertThat(ORDERS.seen()).isEmpty();
    }

    private String answerTo(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
