package io.holdfast.journal.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class StampTest {

    @Property
    void stepsStayBelowEveryOtherStamp(
            @ForAll @LongRange(min = 0, max = 1L << 50) long tick,
            @ForAll @IntRange(min = 0, max = 30) int node,
            @ForAll @IntRange(min = 0, max = 3) int step) {
        Stamp stamp = Stamp.of(tick, node);

        assertThat(stamp.step(step)).isLessThan(Stamp.of(tick, node + 1)).isLessThan(Stamp.of(tick + 1, 0));
        assertThat(stamp.step(step).step(0)).isEqualTo(stamp);
        assertThat(stamp.step(step).tick()).isEqualTo(tick);
    }

    @Test
    void aHigherStepIsLater() {
        Stamp stamp = Stamp.of(12_345, 7);

        assertThat(stamp).isLessThan(stamp.step(1));
        assertThat(stamp.step(1)).isLessThan(stamp.step(2));
        assertThat(stamp.step(2)).isLessThan(stamp.step(3));
    }

    @Test
    void refusesAStepThatWouldReachAnotherStamp() {
        assertThatIllegalArgumentException().isThrownBy(() -> Stamp.of(1, 1).step(4));
        assertThatIllegalArgumentException().isThrownBy(() -> Stamp.of(1, 1).step(-1));
    }

    @Test
    void isTheTimeItStandsFor() {
        Instant time = Instant.parse("2026-11-20T10:15:30.123456Z");

        assertThat(Stamp.at(time).instant()).isEqualTo(time);
    }

    @Test
    void refusesATimeBeforeTheEpoch() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Stamp(-1)).withMessageContaining("1970");
    }
}
