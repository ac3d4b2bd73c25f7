package io.holdfast.backup.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

import org.junit.jupiter.api.Test;

class AdaptiveShareTest {

    private final AdaptiveShare adaptive = new AdaptiveShare();
    private long now;

    @Test
    void allIsUsedWhileAnswersComeAsUsual() {
        answered(100, 90, 110, 150, 95, 180);

        assertThat(adaptive.share()).isEqualTo(1);
    }

    @Test
    void aLateAnswerTakesATenthOfItAndManyLeaveATwentieth() {
        answered(100, 300);
        assertThat(adaptive.share()).isEqualTo(0.9);

        answered(DoubleStream.generate(() -> 300).limit(100).toArray());
        assertThat(adaptive.share()).isEqualTo(AdaptiveShare.LEAST);
    }

    @Test
    void itIsAllAgainWhenAnswersComeAsUsualAgain() {
        answered(100);
        answered(DoubleStream.generate(() -> 300).limit(100).toArray());

        answered(DoubleStream.generate(() -> 120).limit(200).toArray());

        assertThat(adaptive.share()).isEqualTo(1);
    }

    @Test
    void whatIsUsualFollowsCassandraWhenItStaysSlower() {
        answered(100);

        for (int minute = 1; minute <= 5; minute++) {
            now += TimeUnit.MINUTES.toNanos(1);
            answered(DoubleStream.generate(() -> 300).limit(100).toArray());
        }

        assertThat(adaptive.share()).isEqualTo(1);
    }

    private void answered(double... times) {
        for (double time : times) {
            adaptive.answered(time, now);
        }
    }
}
