package io.holdfast.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class HaltTest {
    private long now = 7;
    private final Halt halt = new Halt(Duration.ofMinutes(2), () -> now);

    @Test
    void endsWhenARequestWasGivenUpAndNothingWasAnsweredMeanwhile() {
        now += Duration.ofMinutes(2).toNanos();

        halt.gaveUp("503 Gone");

        assertThat(halt.isOver()).isTrue();
        assertThat(halt.reason()).isEqualTo("503 Gone");
    }

    @Test
    void goesOnWhileOthersAreAnswered() {
        now += Duration.ofSeconds(119).toNanos();
        halt.answered();
        now += Duration.ofSeconds(119).toNanos();

        halt.gaveUp("503 Gone");

        assertThat(halt.isOver()).isFalse();
        assertThat(halt.reason()).isEmpty();
    }

    @Test
    void theFirstReasonStays() {
        halt.now("the password is wrong");
        halt.now("503 Gone");

        assertThat(halt.reason()).isEqualTo("the password is wrong");
    }
}
