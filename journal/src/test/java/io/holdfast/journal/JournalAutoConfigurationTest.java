package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.holdfast.journal.clock.HybridClock;

class JournalAutoConfigurationTest {

    @TempDir
    private Path folder;

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(JournalAutoConfiguration.class));

    @Test
    void keepsTheMarkInTheFolderOfTheInstance() {
        withEnvironment(Map.of("HOLDFAST_INSTANCE", "order-service-3", "HOLDFAST_STATE_DIR", folder.toString()))
                .run(context -> {
                    long stamp = context.getBean(HybridClock.class).next().microseconds();

                    assertThat(stamp >> 2 & 31).as("node").isEqualTo(3);
                    assertThat(folder.resolve("clock.mark")).exists();
                });
    }

    @Test
    void namesWhatIsMissing() {
        withEnvironment(Map.of("HOLDFAST_INSTANCE", "order-service-3"))
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("holdfast.state-dir"));
    }

    private ApplicationContextRunner withEnvironment(Map<String, Object> environment) {
        return service.withInitializer(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", environment)));
    }
}
