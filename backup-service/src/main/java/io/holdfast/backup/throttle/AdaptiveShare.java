package io.holdfast.backup.throttle;

import java.util.concurrent.TimeUnit;

/**
 * Which share of a limit is used for reading: all of it while Cassandra answers as fast as it usually can, down to a twentieth while it takes
 * much longer, for then it has others to serve. Rises by a little with each answer in time and falls by a part with each late one, as TCP's
 * windows do.
 */
final class AdaptiveShare {
    static final double LEAST = 0.05;

    private static final double RISE = 0.005;
    private static final double FALL = 0.9;

    /** So many times the usual time is late. */
    private static final double LATE = 2;

    /** What was usual is doubled in so long: a table whose pages always take longer is not late for ever. */
    private static final double DOUBLED_AFTER_NANOS = TimeUnit.MINUTES.toNanos(2);

    private double usual = Double.POSITIVE_INFINITY;
    private long toldAt;
    private double share = 1;

    /** An answer took so long; all that are told are to questions of about one size. */
    synchronized void answered(double tookNanos, long nowNanos) {
        double doublings = Math.max(0, (double) (nowNanos - toldAt) / DOUBLED_AFTER_NANOS);
        usual = Math.min(usual * Math.pow(2, doublings), tookNanos);
        toldAt = nowNanos;
        if (tookNanos > LATE * usual) {
            late();
        } else {
            inTime();
        }
    }

    /** An answer was late, or never came. */
    synchronized void late() {
        share = Math.max(LEAST, share * FALL);
    }

    /** An answer was in time, as far as can be told. */
    synchronized void inTime() {
        share = Math.min(1, share + RISE);
    }

    synchronized double share() {
        return share;
    }
}
