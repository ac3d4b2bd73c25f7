package io.holdfast.journal.clock;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A hybrid logical clock: stamps follow the wall clock, never repeat, never go back, and are later than every stamp seen.
 *
 * <p>After Kulkarni, Demirbas et al., "Logical Physical Clocks and Consistent Snapshots in Globally Distributed Databases" (2014); the
 * logical part is kept in the low bits of the one number. Safe for any number of threads without a lock; only when the persisted mark
 * has been used up (the first stamp after a pause) does a caller wait for the disk.
 */
public final class HybridClock {

    /** How far a stamp may lie ahead of this machine's clock. */
    public static final Duration ALLOWED_SKEW = Duration.ofMillis(500);

    private final InstantSource wall;
    private final ClockNode node;
    private final PersistedMark mark;
    private final AtomicLong last;

    /**
     * Opens the clock above the mark its predecessor left.
     *
     * @param wall the machine's clock
     * @param node who gives these stamps
     * @param file keeps the mark; made when it is not there, its folder too
     */
    public static HybridClock open(InstantSource wall, ClockNode node, Path file) {
        return open(wall, node, file, HybridClock::inBackground);
    }

    static HybridClock open(InstantSource wall, ClockNode node, Path file, Executor background) {
        return new HybridClock(wall, node, PersistedMark.open(file, background));
    }

    private HybridClock(InstantSource wall, ClockNode node, PersistedMark mark) {
        this.wall = wall;
        this.node = node;
        this.mark = mark;
        this.last = new AtomicLong(mark.value());
    }

    /**
     * A stamp later than every one this clock gave or saw, also before its last restart.
     *
     * @throws ClockSkewException when the machine's clock lies more than {@link #ALLOWED_SKEW} behind what was given or seen already
     * @throws java.io.UncheckedIOException when the mark cannot be persisted
     */
    public Stamp next() {
        while (true) {
            long now = now();
            long latest = last.get();
            Stamp stamp = Stamp.of(Math.max(now >> Stamp.TICK_BITS, (latest >> Stamp.TICK_BITS) + 1), node.number());
            refuseSkew("The last stamp", stamp.microseconds(), now);
            mark.cover(stamp.microseconds());
            if (last.compareAndSet(latest, stamp.microseconds())) {
                return stamp;
            }
        }
    }

    /**
     * Takes over a stamp from elsewhere, so that what is stamped next is later.
     *
     * @throws ClockSkewException when it lies too far ahead; nothing is taken over
     */
    public void observe(Stamp seen) {
        if (seen.microseconds() <= last.get()) {
            return;
        }
        refuseSkew("A stamp seen", seen.microseconds(), now());
        mark.cover(seen.microseconds());
        last.accumulateAndGet(seen.microseconds(), Math::max);
    }

    private void refuseSkew(String what, long stamp, long now) {
        Duration skew = Duration.of(stamp - now, ChronoUnit.MICROS);
        if (skew.compareTo(ALLOWED_SKEW) > 0) {
            throw new ClockSkewException(what, skew, ALLOWED_SKEW);
        }
    }

    private long now() {
        Instant instant = wall.instant();
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    private static void inBackground(Runnable task) {
        Thread.ofPlatform().daemon().name("clock-mark").start(task);
    }
}
