package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.config.ServicesUnderTest.TestService;

/** A config-service that tells of a new version and is gone before it is loaded. */
class HalfAnswerTest {

    private static final String OWN = """
            {"name":"own.yml","source":{"own":"1"}}""";

    @TempDir
    private Path directory;

    private final AtomicInteger asked = new AtomicInteger();
    private ServicesUnderTest platform;
    private HttpServer configService;
    private volatile String version = "v1";
    private volatile String files = OWN;
    private volatile boolean serving = true;

    @BeforeEach
    void start() throws IOException {
        platform = new ServicesUnderTest(directory);
        configService = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        configService.createContext("/versions/current", exchange -> answer(exchange, 200, status()));
        configService.createContext("/order-service,failover/default", exchange -> {
            asked.incrementAndGet();
            answer(exchange, serving ? 200 : 503, served());
        });
        configService.start();
    }

    @AfterEach
    void stop() {
        platform.close();
        configService.stop(0);
    }

    @Test
    void takesNothingAwayFromARunningService() {
        TestService orders = platform.startService(
                "order-service",
                Duration.ofMillis(100),
                "HOLDFAST_CONFIG_URI=http://127.0.0.1:"
                        + configService.getAddress().getPort());
        int before = asked.get();

        serving = false;
        version = "v2";

        await().until(() -> asked.get() > before + 2);
        assertThat(orders.value("own")).isEqualTo("1");
        assertThat(orders.view().version()).isEqualTo("v1");

        files = "";
        serving = true;

        // The policy in force follows the environment a moment later.
        await().untilAsserted(() -> assertThat(orders.view().version()).isEqualTo("v2"));
        assertThat(orders.value("own")).isNull();
    }

    private String status() {
        return """
                {"version":"%s","takenAt":"2026-01-01T12:00:00Z","refusal":null}""".formatted(version);
    }

    private String served() {
        return """
                {"name":"order-service","profiles":["default"],"version":"%s","propertySources":[%s]}""".formatted(version, files);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
