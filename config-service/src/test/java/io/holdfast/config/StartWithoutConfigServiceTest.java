package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.holdfast.config.ServicesUnderTest.TestService;
import io.holdfast.failover.live.ConfigurationView;

/** A service that is started while config-service is away. */
@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
class StartWithoutConfigServiceTest {

    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final String NO_PATIENCE = "spring.cloud.config.retry.max-attempts=2";

    @TempDir
    private Path directory;

    private ServicesUnderTest platform;

    @BeforeEach
    void start() throws IOException {
        platform = new ServicesUnderTest(directory);
        platform.save("failover.yml", "failover: { dependencies: { kafka: { timeout: 800ms } } }");
        platform.save("application.yml", "shared: everybody's");
        platform.save("order-service.yml", "own: first");
        platform.startConfigService(ServicesUnderTest.NO_KAFKA);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void startsFromTheLastConfigurationItHadAndSaysSo(CapturedOutput output) {
        TestService before = platform.startService("order-service", OFTEN);
        String version = before.view().version();
        Instant loaded = configurationOf(before).since();
        assertThat(configurationOf(before).source()).isEqualTo("config-service");
        before.stop();
        platform.stopConfigService();

        TestService orders = platform.startService("order-service", OFTEN, NO_PATIENCE);

        assertThat(orders.value("own")).isEqualTo("first");
        assertThat(orders.value("shared")).isEqualTo("everybody's");
        assertThat(orders.timeoutOf("kafka")).isEqualTo(Duration.ofMillis(800));
        assertThat(orders.view().version()).isEqualTo(version);
        assertThat(configurationOf(orders).source()).isEqualTo("last known");
        assertThat(configurationOf(orders).since()).isEqualTo(loaded);
        assertThat(output).contains("started from the last known configuration version=" + version);
    }

    @Test
    void followsConfigServiceWithoutARestartWhenItIsBack() throws IOException {
        platform.startService("order-service", OFTEN).stop();
        platform.stopConfigService();
        TestService orders = platform.startService("order-service", OFTEN, NO_PATIENCE);

        platform.save("failover.yml", "failover: { dependencies: { kafka: { timeout: 900ms } } }");
        Files.delete(platform.folder().resolve("order-service.yml"));
        platform.startConfigService(ServicesUnderTest.NO_KAFKA);

        await().untilAsserted(() -> assertThat(orders.timeoutOf("kafka")).isEqualTo(Duration.ofMillis(900)));
        await().untilAsserted(() -> assertThat(configurationOf(orders).source()).isEqualTo("config-service"));
        assertThat(orders.value("own")).isNull();
        assertThat(orders.view().version()).isEqualTo(platform.version());
    }

    @Test
    void noLongerSaysSoWhenConfigServiceIsBackWithTheSameVersion() {
        platform.startService("order-service", OFTEN).stop();
        platform.stopConfigService();
        TestService orders = platform.startService("order-service", OFTEN, NO_PATIENCE);

        platform.startConfigService(ServicesUnderTest.NO_KAFKA);

        await().untilAsserted(() -> assertThat(configurationOf(orders).source()).isEqualTo("config-service"));
    }

    @Test
    void hasWhatWasChangedWhileItRan() throws IOException {
        TestService before = platform.startService("order-service", OFTEN);
        platform.save("order-service.yml", "own: second");
        Instant started = configurationOf(before).since();
        await().until(() -> configurationOf(before).since().isAfter(started));
        before.stop();
        platform.stopConfigService();

        assertThat(platform.startService("order-service", OFTEN, NO_PATIENCE).value("own"))
                .isEqualTo("second");
    }

    @Test
    void fallsBackOnNoConfigurationItCouldNotStartWith() throws IOException {
        platform.startService("order-service", OFTEN).stop();
        platform.save("order-service.yml", "own: second\nspring.main.lazy-initialization: perhaps");
        await().until(() -> isInForce("perhaps"));
        assertThatThrownBy(() -> platform.startService("order-service", OFTEN))
                .hasStackTraceContaining("lazy-initialization");
        platform.stopConfigService();

        assertThat(platform.startService("order-service", OFTEN, NO_PATIENCE).value("own"))
                .isEqualTo("first");
    }

    @Test
    void keepsItForItselfAlone() throws IOException {
        platform.startService("order-service", OFTEN);
        Path kept = platform.stateOf("order-service").resolve("last-configuration");

        assertThat(Files.getPosixFilePermissions(kept)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readString(kept)).doesNotContain("first").doesNotContain("shared");
    }

    @Test
    void doesNotStartWithoutOneAndSaysWhatIsMissing() {
        platform.stopConfigService();

        assertThatThrownBy(() -> platform.startService("order-service", OFTEN, NO_PATIENCE))
                .hasStackTraceContaining("There is no last configuration in " + platform.stateOf("order-service"));
    }

    @Test
    void doesNotStartFromOneThatWasChanged() throws IOException {
        platform.startService("order-service", OFTEN).stop();
        platform.stopConfigService();
        Path kept = platform.stateOf("order-service").resolve("last-configuration");
        Files.writeString(kept, Files.readString(kept).replaceAll("(?m)^[0-9a-f]{32}$", "0".repeat(32)));

        assertThatThrownBy(() -> platform.startService("order-service", OFTEN, NO_PATIENCE))
                .hasStackTraceContaining("was kept with another password, or was changed");
    }

    @Test
    void takesARefusalForNoOutage() {
        platform.startService("order-service", OFTEN).stop();
        platform.stopConfigService();
        platform.startConfigService(ServicesUnderTest.NO_KAFKA, "HOLDFAST_CONFIG_READERS=order-service=another");

        assertThatThrownBy(() -> platform.startService("order-service", OFTEN)).hasStackTraceContaining("401");
    }

    private boolean isInForce(String text) throws IOException {
        return Files.readString(directory.resolve("state/versions/order-service.yml"))
                .contains(text);
    }

    private static ConfigurationView configurationOf(TestService service) {
        return Objects.requireNonNull(service.view().configuration());
    }
}
