package io.holdfast.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.failover.policy.ConcurrencyPolicy;
import io.holdfast.gateway.admission.UnderWay.Place;

class UnderWayTest {

    private static final ConcurrencyPolicy THREE = new ConcurrencyPolicy(true, 3, 3, 3);
    private static final ConcurrencyPolicy OFF = new ConcurrencyPolicy(false, 3, 3, 3);

    private final AtomicLong clock = new AtomicLong();
    private final UnderWay underWay = new UnderWay(clock::get);

    @Test
    void letsInAsManyAsMayBeAndOneMoreWhenOneHasEnded() {
        List<Place> places = enter(3, THREE);

        assertThat(underWay.isFull(THREE)).isTrue();
        assertThat(underWay.enter(THREE)).isNull();
        underWay.leave(places.getFirst(), true);
        assertThat(underWay.isFull(THREE)).isFalse();
        assertThat(underWay.enter(THREE)).isNotNull();
        assertThat(underWay.count()).isEqualTo(3);
    }

    @Test
    void countsAlsoWhileNothingLimitsIt() {
        List<Place> places = enter(5, OFF);

        assertThat(underWay.limit(OFF)).isEmpty();
        assertThat(underWay.isFull(OFF)).isFalse();
        assertThat(underWay.limit(THREE)).hasValue(3);
        assertThat(underWay.enter(THREE)).as("five are under way already").isNull();

        places.subList(0, 3).forEach(place -> underWay.leave(place, true));
        assertThat(underWay.enter(THREE)).isNotNull();
    }

    @Test
    void aChangedLimitKeepsWhatIsUnderWay() {
        enter(3, THREE);
        ConcurrencyPolicy four = new ConcurrencyPolicy(true, 4, 4, 4);

        assertThat(underWay.enter(four)).isNotNull();
        assertThat(underWay.enter(four)).isNull();
        assertThat(underWay.count()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void learnsFromWhatWasDoneAndNotFromFailures(boolean telling) {
        ConcurrencyPolicy wide = new ConcurrencyPolicy(true, 20, 4, 100);
        work(wide, 300, Duration.ofMillis(10), true);
        int before = underWay.limit(wide).orElseThrow();

        work(wide, 200, Duration.ofMillis(500), telling);

        int after = underWay.limit(wide).orElseThrow();
        if (telling) {
            assertThat(after).isLessThan(before);
        } else {
            assertThat(after).isEqualTo(before);
        }
    }

    @Test
    void theLimitIsTheInitialOneAgainWhenNobodyHasReachedItForAWhile() {
        ConcurrencyPolicy wide = new ConcurrencyPolicy(true, 20, 4, 100);
        work(wide, 300, Duration.ofMillis(10), true);
        Duration slow = Duration.ofMillis(500);
        work(wide, 200, slow, true);
        int fallen = underWay.limit(wide).orElseThrow();
        assertThat(fallen).isLessThan(20);

        // The last that reached it began when it took the last place.
        clock.addAndGet(LearnedLimit.CALM.minus(slow).toNanos());
        assertThat(underWay.limit(wide)).as("the storm may go on").hasValue(fallen);

        clock.addAndGet(1);
        assertThat(underWay.limit(wide)).as("it is over").hasValue(20);
        work(wide, 50, slow, true);
        assertThat(underWay.limit(wide).orElseThrow())
                .as("what is usual is known still")
                .isLessThan(20);
    }

    @Test
    void aStormInWhichEverythingFailsIsNotOver() {
        ConcurrencyPolicy wide = new ConcurrencyPolicy(true, 20, 4, 100);
        work(wide, 300, Duration.ofMillis(10), true);
        work(wide, 200, Duration.ofMillis(500), true);
        int fallen = underWay.limit(wide).orElseThrow();

        work(wide, 100, Duration.ofMillis(500), false);

        assertThat(underWay.limit(wide)).hasValue(fallen);
    }

    @Test
    void neverHasMoreUnderWayThanMayBeHoweverManyComeAtOnce() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger entered = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 20_000; i++) {
                threads.execute(() -> {
                    Place place = underWay.enter(THREE);
                    if (place != null) {
                        entered.incrementAndGet();
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        now.decrementAndGet();
                        underWay.leave(place, false);
                    }
                });
            }
        }

        assertThat(most).hasValueLessThanOrEqualTo(3);
        assertThat(entered).hasPositiveValue();
        assertThat(underWay.count()).isZero();
    }

    /** Batches of as many as are let in, each of which takes this long. */
    private void work(ConcurrencyPolicy policy, int batches, Duration took, boolean telling) {
        for (int i = 0; i < batches; i++) {
            List<Place> places = enter(underWay.limit(policy).orElseThrow(), policy);
            clock.addAndGet(took.toNanos());
            places.forEach(place -> underWay.leave(place, telling));
        }
    }

    private List<Place> enter(int times, ConcurrencyPolicy policy) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            @Nullable Place place = underWay.enter(policy);
            places.add(Objects.requireNonNull(place));
        }
        return places;
    }
}
