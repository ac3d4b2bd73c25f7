package io.holdfast.journal.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HybridClockTest {

    private final HandClock wall = new HandClock();

    @TempDir
    private Path folder;

    @Test
    void followsTheWallClock() {
        HybridClock clock = open(3);
        clock.next();
        wall.move(Duration.ofSeconds(5));

        Stamp stamp = clock.next();

        assertThat(Duration.between(stamp.instant(), wall.instant()).abs()).isLessThan(Duration.ofMillis(1));
    }

    @Test
    void neverGivesAStampTwiceWhileTheWallClockStands() {
        HybridClock clock = open(3);
        Set<Stamp> stamps = new HashSet<>();

        for (int i = 0; i < 3_000; i++) {
            assertThat(stamps.add(clock.next())).isTrue();
        }
    }

    @Test
    void clocksOfTwoNodesNeverGiveTheSameStamp() {
        HybridClock first = open(1);
        HybridClock second = open(2);
        Set<Stamp> stamps = new HashSet<>();

        for (int i = 0; i < 1_000; i++) {
            stamps.add(first.next());
            stamps.add(second.next());
        }

        assertThat(stamps).hasSize(2_000);
    }

    @Test
    void isLaterThanAStampSeen() {
        HybridClock clock = open(1);
        Stamp seen = Stamp.at(wall.instant().plusMillis(400)).step(3);

        clock.observe(seen);

        assertThat(clock.next()).isGreaterThan(seen);
    }

    @Test
    void refusesAStampTooFarAheadAndDoesNotTakeItOver() {
        HybridClock clock = open(1);
        Stamp ahead = Stamp.at(wall.instant().plusMillis(501));

        assertThatExceptionOfType(ClockSkewException.class)
                .isThrownBy(() -> clock.observe(ahead))
                .withMessageContaining("501 ms ahead")
                .withMessageContaining("time synchronisation")
                .satisfies(e -> assertThat(e.skew()).isEqualTo(Duration.ofMillis(501)));
        assertThat(clock.next()).isLessThan(ahead);
    }

    @Test
    void goesOnWhenTheWallClockIsSetBackALittle() {
        HybridClock clock = open(1);
        Stamp before = clock.next();

        wall.move(Duration.ofMillis(-400));

        assertThat(clock.next()).isGreaterThan(before);
    }

    @Test
    void refusesToRunAheadOfAWallClockThatIsSetBackFarAndRecoversWithIt() {
        HybridClock clock = open(1);
        Stamp before = clock.next();

        wall.move(Duration.ofMillis(-600));
        assertThatExceptionOfType(ClockSkewException.class).isThrownBy(clock::next);

        wall.move(Duration.ofMillis(200));
        assertThat(clock.next()).isGreaterThan(before);
    }

    @Test
    void refusesWhenMoreIsAskedThanItsTicksAllow() {
        HybridClock clock = open(1);
        long ticksAhead = HybridClock.ALLOWED_SKEW.toNanos() / 1_000 / Stamp.TICK_MICROSECONDS;

        assertThatExceptionOfType(ClockSkewException.class).isThrownBy(() -> {
            for (long i = 0; i <= ticksAhead + 1; i++) {
                clock.next();
            }
        });
    }

    @Test
    void isMonotonicForManyThreads() throws Exception {
        HybridClock clock = HybridClock.open(InstantSource.system(), new ClockNode(1), folder.resolve("clock.mark"));
        Callable<List<Stamp>> reader = () -> {
            List<Stamp> stamps = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                stamps.add(clock.next());
            }
            return stamps;
        };

        Set<Stamp> all = new HashSet<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<List<Stamp>> stamps :
                    threads.invokeAll(List.of(reader, reader, reader, reader, reader, reader, reader, reader))) {
                assertThat(stamps.get()).isSorted();
                all.addAll(stamps.get());
            }
        }

        assertThat(all).hasSize(8 * 400);
    }

    private HybridClock open(int node) {
        return HybridClock.open(wall, new ClockNode(node), folder.resolve("clock-" + node + ".mark"), Runnable::run);
    }
}
