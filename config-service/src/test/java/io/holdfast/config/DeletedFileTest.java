package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.config.ServicesUnderTest.TestService;

/** A file that is deleted or renamed is a change like any other: a version, and running services follow. */
@Tag("long")
class DeletedFileTest {

    private static final Duration OFTEN = Duration.ofMillis(200);

    @TempDir
    private Path directory;

    private ServicesUnderTest platform;

    @BeforeEach
    void start() throws IOException {
        platform = new ServicesUnderTest(directory);
        platform.save("failover.yml", "failover: { dependencies: { kafka: { timeout: 800ms } } }");
        platform.save("application.yml", "shared: everybody's");
        platform.save("order-service.yml", "own: of orders\nshared: mine");
        platform.startConfigService(ServicesUnderTest.NO_KAFKA);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void takesItsKeysOutOfRunningServices() throws IOException {
        TestService orders = platform.startService("order-service", OFTEN);
        String before = platform.version();
        assertThat(orders.value("own")).isEqualTo("of orders");
        assertThat(orders.value("shared")).isEqualTo("mine");

        Files.delete(platform.folder().resolve("order-service.yml"));

        await().untilAsserted(() -> assertThat(orders.value("own")).isNull());
        assertThat(orders.value("shared")).isEqualTo("everybody's");
        assertThat(orders.timeoutOf("kafka")).isEqualTo(Duration.ofMillis(800));
        assertThat(platform.version()).isNotEqualTo(before);
        assertThat(orders.view().version()).isEqualTo(platform.version());
    }

    @Test
    void comesBackUnderItsName() throws IOException {
        TestService orders = platform.startService("order-service", OFTEN);
        Path file = platform.folder().resolve("order-service.yml");

        Files.move(file, file.resolveSibling("old-orders.yml"));
        await().untilAsserted(() -> assertThat(orders.value("own")).isNull());
        Files.move(file.resolveSibling("old-orders.yml"), file);

        await().untilAsserted(() -> assertThat(orders.value("own")).isEqualTo("of orders"));
        assertThat(orders.value("shared")).isEqualTo("mine");
    }

    @Test
    void keepsEverythingInForceWhenThePlatformNeedsIt() throws IOException {
        TestService orders = platform.startService("order-service", OFTEN);

        Files.delete(platform.folder().resolve("failover.yml"));

        await().untilAsserted(() -> assertThat(orders.view().refusal()).satisfies(refusal -> {
            assertThat(refusal).isNotNull();
            assertThat(refusal.file()).isEqualTo("failover.yml");
            assertThat(refusal.reason()).contains("is missing");
        }));
        assertThat(orders.timeoutOf("kafka")).isEqualTo(Duration.ofMillis(800));
        assertThat(orders.value("own")).isEqualTo("of orders");
    }
}
