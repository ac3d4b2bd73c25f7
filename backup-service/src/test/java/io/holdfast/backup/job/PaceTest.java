package io.holdfast.backup.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();

    @Test
    void tellsFromWhatWasDoneSinceItFirstHeardWhatIsLeft() {
        assertThat(after(0, 1000)).isNull();
        assertThat(after(10, 1100)).isEqualTo(290);
        assertThat(after(20, 2000)).isEqualTo(40);
        assertThat(after(40, 4000)).isZero();
    }

    @Test
    void knowsNothingWhileNothingMovesOrNobodyKnowsTheTotal() {
        assertThat(after(0, 1000)).isNull();
        assertThat(after(10, 1000)).isNull();
        assertThat(pace.remainingSeconds(new Progress(1100, 0, "rows"), TimeUnit.SECONDS.toNanos(20)))
                .isNull();
    }

    @Test
    void beginsAnewWithAPhase() {
        assertThat(after(0, 1000)).isNull();
        pace.restart();

        assertThat(after(10, 0)).isNull();
        assertThat(after(20, 1000)).isEqualTo(30);
    }

    private @Nullable Long after(int seconds, long done) {
        return pace.remainingSeconds(new Progress(done, 4000, "rows"), TimeUnit.SECONDS.toNanos(seconds));
    }
}
