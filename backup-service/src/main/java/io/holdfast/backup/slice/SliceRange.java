package io.holdfast.backup.slice;

/**
 * Tokens from first to last, both included, out of a ring of 2^64: the whole ring, or a half of such a range. The
 * boundaries are the same in every backup of every cluster, so that unchanged rows give an unchanged slice.
 */
public record SliceRange(long first, long last) {
    public static final SliceRange RING = new SliceRange(Long.MIN_VALUE, Long.MAX_VALUE);

    public SliceRange lowerHalf() {
        return new SliceRange(first, middle());
    }

    public SliceRange upperHalf() {
        return new SliceRange(middle() + 1, last);
    }

    public boolean isSingleToken() {
        return first == last;
    }

    /** The share of the ring that lies in this range, from 0 to 1. */
    public double share() {
        return Math.scalb(Math.scalb((double) last, -1) - Math.scalb((double) first, -1), -63);
    }

    private long middle() {
        return first + ((last - first) >>> 1);
    }
}
