package io.holdfast.failover.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class StandingTest {

    private final Standing standing = new Standing();
    private long now = 1_000_000;

    @Test
    void isEjectedByOneFailureAndOnceOnly() {
        assertThat(standing.eject(now, now)).isTrue();
        assertThat(standing.eject(now, now)).isFalse();
        assertThat(standing.isEjected()).isTrue();
    }

    @Test
    void isLetBackOnceByAnAnswerToAQuestion() {
        standing.eject(now, now);

        assertThat(standing.letBack(later(300))).isTrue();
        assertThat(standing.letBack(now)).isFalse();
        assertThat(standing.isEjected()).isFalse();
    }

    @Test
    void aFailureOfACallThatBeganBeforeTheReturnTellsOfThePast() {
        long old = now;
        standing.eject(now, now);
        standing.letBack(later(300));

        assertThat(standing.eject(old, later(100))).isFalse();
        assertThat(standing.eject(later(1), later(1))).isTrue();
    }

    @Test
    void anAnswerToACallThatBeganBeforeTheEjectionTellsOfThePast() {
        long old = now;
        standing.eject(now, later(10));

        assertThat(standing.answered(old, later(10))).isFalse();
        assertThat(standing.answered(later(1), later(1))).isTrue();
        assertThat(standing.isEjected()).isFalse();
    }

    @Test
    void whoFailsAgainSoonIsLeftAloneTwiceAsLongUpToEightSeconds() {
        assertThat(pauseAfterEjection()).isEqualTo(Duration.ofMillis(250));
        assertThat(pauseAfterEjection()).isEqualTo(Duration.ofMillis(500));
        assertThat(pauseAfterEjection()).isEqualTo(Duration.ofSeconds(1));
        for (int i = 0; i < 5; i++) {
            pauseAfterEjection();
        }
        assertThat(pauseAfterEjection()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void isForgivenAfterTenGoodSeconds() {
        pauseAfterEjection();
        pauseAfterEjection();
        later(10_000);

        assertThat(pauseAfterEjection()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void oneCallInFiveSecondsMayTryIt() {
        standing.eject(now, now);

        assertThat(standing.takeTrial(later(4_999))).isFalse();
        assertThat(standing.isTrialDue(later(1))).isTrue();
        assertThat(standing.takeTrial(now)).isTrue();
        assertThat(standing.takeTrial(now)).isFalse();
        assertThat(standing.takeTrial(later(5_000))).isTrue();
    }

    @Test
    void noCallTriesItWhileNobodyIsThere() {
        standing.eject(now, now);

        standing.postponeTrial(later(4_000));

        assertThat(standing.isTrialDue(later(4_000))).isFalse();
        assertThat(standing.isTrialDue(later(1_000))).isTrue();
    }

    @Test
    void nobodyTriesWhoIsUp() {
        assertThat(standing.takeTrial(later(60_000))).isFalse();
    }

    private Duration pauseAfterEjection() {
        assertThat(standing.eject(now, now)).isTrue();
        Duration pause = standing.pause();
        assertThat(standing.letBack(later(100))).isTrue();
        later(100);
        return pause;
    }

    private long later(long millis) {
        now += Duration.ofMillis(millis).toNanos();
        return now;
    }
}
