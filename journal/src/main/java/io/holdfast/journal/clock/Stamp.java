package io.holdfast.journal.clock;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A write timestamp: microseconds since the epoch, as Cassandra's {@code USING TIMESTAMP} takes it.
 *
 * <p>The lowest {@value #STEP_BITS} bits are free for steps that rank the writes of one thing, the next {@value #NODE_BITS} name the
 * node that gave the stamp. So a node gives one stamp in {@value #TICK_MICROSECONDS} microseconds, and two nodes never give the same.
 *
 * @param microseconds since 1970-01-01T00:00Z, not negative
 */
public record Stamp(long microseconds) implements Comparable<Stamp> {

    static final int STEP_BITS = 2;
    static final int NODE_BITS = 5;
    static final int TICK_BITS = STEP_BITS + NODE_BITS;
    static final long TICK_MICROSECONDS = 1L << TICK_BITS;

    /** Steps that {@link #step} can add to a stamp without reaching another one: 0 to 3. */
    public static final int STEPS = 1 << STEP_BITS;

    /** Nodes that can give stamps side by side. */
    public static final int NODES = 1 << NODE_BITS;

    public Stamp {
        if (microseconds < 0) {
            throw new IllegalArgumentException("A stamp is not before 1970: " + microseconds);
        }
    }

    static Stamp of(long tick, int node) {
        return new Stamp(tick << TICK_BITS | (long) node << STEP_BITS);
    }

    /** The first stamp of the microsecond, for comparing with times from elsewhere. */
    public static Stamp at(Instant instant) {
        return new Stamp(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    }

    /**
     * This stamp raised by a rank: of two writes under the same stamp the one of the higher step stays.
     *
     * @param step 0 to {@link #STEPS} - 1
     */
    public Stamp step(int step) {
        if (step < 0 || step >= STEPS) {
            throw new IllegalArgumentException("A step is 0 to " + (STEPS - 1) + ", not " + step);
        }
        return new Stamp(microseconds - microseconds % STEPS + step);
    }

    /** The step this stamp was raised by, 0 to {@link #STEPS} - 1. */
    public int rank() {
        return (int) (microseconds % STEPS);
    }

    /** The time this stamp stands for, to the microsecond. */
    public Instant instant() {
        return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
    }

    long tick() {
        return microseconds >> TICK_BITS;
    }

    @Override
    public int compareTo(Stamp other) {
        return Long.compare(microseconds, other.microseconds);
    }
}
