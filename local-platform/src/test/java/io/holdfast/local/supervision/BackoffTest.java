package io.holdfast.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = Backoff.usual();

    @Test
    void doublesWithEachDeath() {
        assertThat(backoff.before(1)).isEqualTo(Duration.ofMillis(500));
        assertThat(backoff.before(2)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.before(3)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void neverWaitsLongerThanTheLongest() {
        assertThat(backoff.before(8)).isEqualTo(Duration.ofSeconds(30));
        assertThat(backoff.before(10_000)).isEqualTo(Duration.ofSeconds(30));
    }
}
