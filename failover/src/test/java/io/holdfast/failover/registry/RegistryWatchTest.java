package io.holdfast.failover.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class RegistryWatchTest {

    private final AtomicLong silence = new AtomicLong(-1);
    private final RegistryWatch watch = new RegistryWatch(silence::get, Duration.ofSeconds(10));

    @Test
    void doesNotMissARegistryThatNeverAnsweredYet() {
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
