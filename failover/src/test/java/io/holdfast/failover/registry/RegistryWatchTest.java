package io.holdfast.failover.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class RegistryWatchTest {

    private final AtomicLong silence = new AtomicLong(-1);
    private Duration passed = Duration.ZERO;
    private final RegistryWatch watch = new RegistryWatch(silence::get, Duration.ofSeconds(10), () -> passed.toNanos());

    @Test
    void missesARegistryThatHasNotAnsweredTenSecondsAfterTheStart() {
        passed = Duration.ofSeconds(9);
        watch.look();
        assertThat(watch.isLost()).isFalse();

        passed = Duration.ofSeconds(11);
        watch.look();
        assertThat(watch.isLost()).isTrue();

        silence.set(100);
        watch.look();
        assertThat(watch.isLost()).isFalse();
    }

    @Test
    void missesTheRegistryAfterTenSecondsOfSilenceAndNoticesItsReturn() {
        silence.set(9_000);
        watch.look();
        assertThat(watch.isLost()).isFalse();

        silence.set(11_000);
        watch.look();
        assertThat(watch.isLost()).isTrue();

        silence.set(500);
        watch.look();
        assertThat(watch.isLost()).isFalse();
    }
}
