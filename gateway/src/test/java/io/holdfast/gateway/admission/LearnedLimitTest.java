package io.holdfast.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.holdfast.failover.policy.ConcurrencyPolicy;

/** The limit before a made-up service: so many workers, and a time that each request takes one of them. */
class LearnedLimitTest {

    private static final ConcurrencyPolicy WIDE = new ConcurrencyPolicy(true, 64, 4, 512);

    private long now;
    private LearnedLimit limit = new LearnedLimit(WIDE);

    @ParameterizedTest
    @CsvSource({"8, 100", "16, 50", "32, 20", "80, 200"})
    void inAStormItFallsToWhatTakesLessThanTwiceAsLong(int workers, int millis) {
        serve(workers, millis, workers / 2, Duration.ofSeconds(10));

        storm(workers, millis, Duration.ofSeconds(45));

        assertThat(limit.now()).isBetween(workers, 2 * workers - 1);
    }

    @Test
    void aStormOfMinutesDoesNotBecomeUsual() {
        serve(16, 50, 8, Duration.ofSeconds(10));

        storm(16, 50, Duration.ofMinutes(3));

        assertThat(limit.now()).isLessThan(2 * 16);
    }

    @Test
    void itGrowsWhenThereIsMoreToWorkWith() {
        serve(8, 100, 4, Duration.ofSeconds(10));
        storm(8, 100, Duration.ofSeconds(60));
        int before = limit.now();

        storm(32, 100, Duration.ofSeconds(60));

        assertThat(limit.now()).isBetween(2 * before, 2 * 32);
    }

    @Test
    void itStaysWhereItIsAsLongAsFewAreUnderWay() {
        serve(100, 20, 10, Duration.ofMinutes(5));

        assertThat(limit.now()).isEqualTo(64);
    }

    @Test
    void slowAnswersDoNotLowerItAsLongAsItIsNotReached() {
        serve(8, 100, 4, Duration.ofSeconds(10));

        serve(8, 100, 60, Duration.ofMinutes(1));

        assertThat(limit.now()).isEqualTo(64);
    }

    @Test
    void itNeverFallsBelowItsMinimum() {
        limit = new LearnedLimit(new ConcurrencyPolicy(true, 64, 32, 512));
        serve(8, 100, 4, Duration.ofSeconds(10));

        storm(8, 100, Duration.ofMinutes(2));

        assertThat(limit.now()).isEqualTo(32);
    }

    @Test
    void itNeverGrowsAboveItsMaximum() {
        limit = new LearnedLimit(new ConcurrencyPolicy(true, 64, 32, 70));

        storm(1_000, 20, Duration.ofMinutes(2));

        assertThat(limit.now()).isEqualTo(70);
    }

    @Test
    void betweenOtherBoundsItStaysWhereItIsAsFarAsTheyAllow() {
        assertThat(limit.within(new ConcurrencyPolicy(true, 10, 4, 100)).now()).isEqualTo(64);
        assertThat(limit.within(new ConcurrencyPolicy(true, 10, 4, 20)).now()).isEqualTo(20);
        assertThat(limit.within(new ConcurrencyPolicy(true, 90, 80, 100)).now()).isEqualTo(80);
    }

    @Test
    void otherBoundsInAStormDoNotMakeItUsual() {
        serve(16, 50, 8, Duration.ofSeconds(10));
        storm(16, 50, Duration.ofSeconds(30));

        limit = limit.within(new ConcurrencyPolicy(true, 64, 4, 400));
        storm(16, 50, Duration.ofSeconds(60));

        assertThat(limit.now()).isLessThan(2 * 16);
    }

    /** As many under way as are let in. */
    private void storm(int workers, int millis, Duration time) {
        long end = now + time.toNanos();
        while (now < end) {
            next(workers, millis, limit.now());
        }
    }

    private void serve(int workers, int millis, int underWay, Duration time) {
        long end = now + time.toNanos();
        while (now < end) {
            next(workers, millis, underWay);
        }
    }

    /** One more request is done: those above the number of workers have waited for one. */
    private void next(int workers, int millis, int underWay) {
        long alone = Duration.ofMillis(millis).toNanos();
        now += alone / Math.min(workers, underWay);
        long took = alone * Math.max(workers, underWay) / workers;
        limit.learn(now - took, took, underWay >= limit.now());
    }
}
