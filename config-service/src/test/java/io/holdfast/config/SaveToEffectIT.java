package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.config.ServicesUnderTest.TestService;
import io.holdfast.local.fixture.LocalServers;

/** A save of the policy, from the folder over a real bus to the guards of running services. */
class SaveToEffectIT {

    /** Far above what a change over the bus takes, far below what asking by itself takes here. */
    private static final Duration OVER_THE_BUS = Duration.ofSeconds(10);

    private static final Duration ASKED_RARELY = Duration.ofMinutes(10);
    private static final Duration ASKED_OFTEN = Duration.ofMillis(500);

    @TempDir
    private Path directory;

    private ServicesUnderTest platform;

    @BeforeEach
    void start() throws IOException {
        platform = new ServicesUnderTest(directory);
        platform.save("failover.yml", policy("800ms", "5s"));
        platform.save("application.yml", "shared: 1");
        platform.save("order-service.yml", "own: 1");
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void takesEffectInEveryRunningInstance() throws IOException {
        platform.startConfigService(LocalServers.shared().kafka().bootstrapServers());
        List<TestService> instances = List.of(
                platform.startService("order-service", ASKED_RARELY),
                platform.startService("user-service", ASKED_RARELY));
        instances.forEach(TestService::awaitBus);
        instances.forEach(instance -> instance.fail("kafka", 10));
        String before = platform.version();

        platform.save("failover.yml", policy("900ms", "30s"));

        await().atMost(OVER_THE_BUS)
                .untilAsserted(() -> assertThat(platform.version()).isNotEqualTo(before));
        for (TestService instance : instances) {
            await().atMost(OVER_THE_BUS)
                    .untilAsserted(() -> assertThat(instance.view().version()).isEqualTo(platform.version()));
            assertThat(instance.timeoutOf("kafka")).isEqualTo(Duration.ofMillis(900));
            assertThat(instance.view().guards())
                    .filteredOn(guard -> guard.dependency().equals("kafka"))
                    .singleElement()
                    .satisfies(guard -> {
                        assertThat(guard.state()).isEqualTo("OPEN");
                        assertThat(guard.policy().circuitBreaker().openFor()).isEqualTo(Duration.ofSeconds(30));
                    });
        }
    }

    @Test
    void isRefusedEverywhereWhenItIsWrongAndSaysWhy() throws IOException {
        platform.startConfigService(LocalServers.shared().kafka().bootstrapServers());
        TestService orders = platform.startService("order-service", ASKED_RARELY);
        orders.awaitBus();
        String good = platform.version();

        platform.save("failover.yml", policy("900", "5s"));

        await().atMost(OVER_THE_BUS)
                .untilAsserted(() -> assertThat(orders.view().refusal()).isNotNull());
        assertThat(orders.view().refusal()).satisfies(refusal -> {
            assertThat(refusal.file()).isEqualTo("failover.yml");
            assertThat(refusal.line()).isEqualTo(4);
            assertThat(refusal.key()).isEqualTo("failover.dependencies.kafka.timeout");
            assertThat(refusal.reason()).isEqualTo("'900' has no unit");
        });
        assertThat(orders.timeoutOf("kafka")).isEqualTo(Duration.ofMillis(800));
        assertThat(orders.view().version()).isEqualTo(good);
        assertThat(platform.version()).isEqualTo(good);

        platform.save("failover.yml", policy("950ms", "5s"));

        await().atMost(OVER_THE_BUS)
                .untilAsserted(() -> assertThat(orders.timeoutOf("kafka")).isEqualTo(Duration.ofMillis(950)));
        assertThat(orders.view().refusal()).isNull();
    }

    @Test
    @Tag("long")
    void takesEffectWithoutTheBusBecauseInstancesAsk() throws IOException {
        platform.startConfigService(ServicesUnderTest.NO_KAFKA);
        TestService orders = platform.startService("order-service", ASKED_OFTEN);

        platform.save("failover.yml", policy("900ms", "5s"));

        await().atMost(OVER_THE_BUS)
                .untilAsserted(() -> assertThat(orders.timeoutOf("kafka")).isEqualTo(Duration.ofMillis(900)));
    }

    @Test
    @Tag("long")
    void reachesInstancesOnceConfigServiceIsBack() throws IOException {
        platform.startConfigService(ServicesUnderTest.NO_KAFKA);
        TestService orders = platform.startService("order-service", ASKED_OFTEN);

        platform.stopConfigService();
        platform.save("failover.yml", policy("900ms", "5s"));
        assertThat(orders.timeoutOf("kafka")).isEqualTo(Duration.ofMillis(800));
        platform.startConfigService(ServicesUnderTest.NO_KAFKA);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(orders.timeoutOf("kafka")).isEqualTo(Duration.ofMillis(900)));
    }

    private static String policy(String timeout, String openFor) {
        return """
                failover:
                  dependencies:
                    kafka:
                      timeout: %s
                      retry: { attempts: 1 }
                      circuit-breaker: { slow-call: 500ms, window: 10, minimum-calls: 10, open-for: %s }
                """.formatted(timeout, openFor);
    }
}
