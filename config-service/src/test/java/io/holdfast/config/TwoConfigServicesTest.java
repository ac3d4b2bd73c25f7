package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.config.ServicesUnderTest.TestService;

/** Two instances of config-service on one folder, each with its own versions of it. */
@Tag("long")
class TwoConfigServicesTest {

    private static final Duration OFTEN = Duration.ofMillis(200);

    @TempDir
    private Path directory;

    private ServicesUnderTest platform;

    @BeforeEach
    void start() throws IOException {
        platform = new ServicesUnderTest(directory);
        platform.save("failover.yml", policy("800ms"));
        platform.save("application.yml", "shared: 1");
        platform.save("order-service.yml", "own: 1");
        platform.startConfigService(1, ServicesUnderTest.NO_KAFKA);
        platform.startConfigService(2, ServicesUnderTest.NO_KAFKA);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void letChangesArriveWhenEitherIsGone() throws IOException {
        TestService orders = platform.startService("order-service", OFTEN);

        platform.stopConfigService(1);
        platform.save("failover.yml", policy("900ms"));

        await().untilAsserted(() -> assertThat(orders.timeoutOf("kafka")).isEqualTo(Duration.ofMillis(900)));
        await().untilAsserted(() -> assertThat(orders.view().version()).isEqualTo(platform.version(2)));

        platform.startConfigService(1, ServicesUnderTest.NO_KAFKA);
        platform.stopConfigService(2);
        platform.save("failover.yml", policy("950ms"));
        Files.delete(platform.folder().resolve("order-service.yml"));

        await().untilAsserted(() -> assertThat(orders.timeoutOf("kafka")).isEqualTo(Duration.ofMillis(950)));
        await().untilAsserted(() -> assertThat(orders.value("own")).isNull());
    }

    @Test
    void letAServiceStartWhenTheFirstIsGone() {
        platform.stopConfigService(1);

        TestService orders = platform.startService("order-service", OFTEN);

        assertThat(orders.value("own")).isEqualTo("1");
        assertThat(orders.view().configuration()).isNotNull();
        assertThat(orders.view().version()).isEqualTo(platform.version(2));
    }

    @Test
    void areNotLoadedFromInTurnsWhenTheFirstIsBack() throws IOException {
        platform.stopConfigService(1);
        TestService orders = platform.startService("order-service", OFTEN);
        platform.save("failover.yml", policy("900ms"));
        await().untilAsserted(() -> assertThat(orders.timeoutOf("kafka")).isEqualTo(Duration.ofMillis(900)));

        platform.startConfigService(1, ServicesUnderTest.NO_KAFKA);

        await().untilAsserted(() -> assertThat(orders.view().version()).isEqualTo(platform.version(1)));
        AtomicReference<Instant> seen = new AtomicReference<>(orders.loadedAt());
        await().during(Duration.ofSeconds(2)).until(() -> {
            Instant now = orders.loadedAt();
            return now.equals(seen.getAndSet(now));
        });
    }

    @Test
    void letChangesArriveWhenTheFirstHangs() throws IOException {
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String uris = "http://127.0.0.1:" + hanging.getLocalPort() + "," + platform.uris();
            TestService orders = platform.startService(
                    "order-service",
                    OFTEN,
                    "HOLDFAST_CONFIG_URI=" + uris,
                    "spring.cloud.config.request-read-timeout=500");

            platform.save("failover.yml", policy("900ms"));

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(orders.timeoutOf("kafka")).isEqualTo(Duration.ofMillis(900)));
        }
    }

    private static String policy(String timeout) {
        return "failover: { dependencies: { kafka: { timeout: %s } } }".formatted(timeout);
    }
}
