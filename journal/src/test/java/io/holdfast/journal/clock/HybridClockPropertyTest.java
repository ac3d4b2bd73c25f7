package io.holdfast.journal.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the wall clock does, whatever is seen and whenever the process dies: stamps only rise, and never above the mark on disk. */
class HybridClockPropertyTest {

    /** What happens between two stamps. */
    sealed interface Event {
        record WallMoves(long microseconds) implements Event {}

        record StampSeen(long aheadMicroseconds) implements Event {}

        record Crash() implements Event {}
    }

    @Property(tries = 300)
    void stampsOnlyRiseAndNeverAboveTheMark(
            @ForAll @Size(max = 40) List<@From("events") Event> events, @ForAll @IntRange(min = 0, max = 31) int number)
            throws IOException {
        Path file = Files.createTempFile("clock", ".mark");
        Files.delete(file);
        ClockNode node = new ClockNode(number);
        HandClock wall = new HandClock();
        HybridClock clock = HybridClock.open(wall, node, file, Runnable::run);
        Stamp latest = new Stamp(0);

        for (Event event : events) {
            switch (event) {
                case Event.WallMoves moves -> wall.moveMicroseconds(moves.microseconds());
                case Event.StampSeen seen -> {
                    Stamp stamp = Stamp.at(wall.instant().plusNanos(seen.aheadMicroseconds() * 1_000));
                    if (takesOver(clock, stamp) && stamp.compareTo(latest) > 0) {
                        latest = stamp;
                    }
                }
                case Event.Crash() -> clock = HybridClock.open(wall, node, file, Runnable::run);
            }
            latest = nextAbove(latest, clock, wall, file);
        }
        Files.deleteIfExists(file);
    }

    private static Stamp nextAbove(Stamp latest, HybridClock clock, HandClock wall, Path file) throws IOException {
        Stamp next;
        try {
            next = clock.next();
        } catch (ClockSkewException e) {
            assertThat(e.skew()).isGreaterThan(HybridClock.ALLOWED_SKEW);
            return latest;
        }
        assertThat(next).isGreaterThan(latest);
        assertThat(next.microseconds()).isLessThanOrEqualTo(Long.parseLong(Files.readString(file)));
        assertThat(next.instant())
                .isBefore(wall.instant().plus(HybridClock.ALLOWED_SKEW).plusNanos(1_000));
        return next;
    }

    private static boolean takesOver(HybridClock clock, Stamp stamp) {
        try {
            clock.observe(stamp);
            return true;
        } catch (ClockSkewException e) {
            return false;
        }
    }

    @Provide
    Arbitrary<Event> events() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(-700_000, 1_500_000).map(Event.WallMoves::new),
                Arbitraries.longs().between(-100_000, 700_000).map(Event.StampSeen::new),
                Arbitraries.just(new Event.Crash()));
    }
}
