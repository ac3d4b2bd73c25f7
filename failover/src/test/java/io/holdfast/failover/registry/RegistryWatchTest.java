package io.holdfast.failover.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.holdfast.failover.control.ControlPart;
import io.holdfast.failover.control.ControlPart.View;

@ExtendWith(OutputCaptureExtension.class)
class RegistryWatchTest {

    private static final String LOST = "registry does not answer";
    private static final String BACK = "registry answers again";

    private final AtomicLong silence = new AtomicLong(-1);
    private Duration passed = Duration.ZERO;
    private final ControlPart registry = new ControlPart(ControlPart.REGISTRY, () -> Instant.EPOCH.plus(passed));
    private final RegistryWatch watch =
            new RegistryWatch(silence::get, Duration.ofSeconds(10), () -> passed.toNanos(), registry);

    @Test
    void missesARegistryThatHasNotAnsweredTenSecondsAfterTheStart(CapturedOutput output) {
        passed = Duration.ofSeconds(9);
        watch.look();
        assertThat(output).doesNotContain(LOST);

        passed = Duration.ofSeconds(11);
        watch.look();
        watch.look();
        assertThat(output).containsOnlyOnce(LOST);
        assertThat(registry.view()).isEqualTo(new View("registry", false, Instant.EPOCH));

        silence.set(100);
        watch.look();
        assertThat(output).containsOnlyOnce(BACK);
        assertThat(registry.view()).isEqualTo(new View("registry", true, Instant.EPOCH.plusSeconds(11)));
    }

    @Test
    void missesTheRegistryAfterTenSecondsOfSilenceAndNoticesItsReturn(CapturedOutput output) {
        silence.set(9_000);
        watch.look();
        assertThat(registry.view().answers()).isTrue();

        silence.set(11_000);
        watch.look();
        watch.look();
        assertThat(registry.view().answers()).isFalse();
        assertThat(output).containsOnlyOnce(LOST);

        silence.set(500);
        watch.look();
        assertThat(registry.view().answers()).isTrue();
        assertThat(output).containsOnlyOnce(BACK);
    }
}
