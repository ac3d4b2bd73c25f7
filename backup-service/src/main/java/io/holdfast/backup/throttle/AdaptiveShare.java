package io.holdfast.backup.throttle;

/**
 * Which share of a limit is used: all of it while Cassandra answers as fast as it usually can, down to a tenth while it takes much longer,
 * for then it has others to serve. Rises by a little with each answer in time and falls by a part with each late one, as TCP's windows do.
 */
final class AdaptiveShare {
    static final double LEAST = 0.1;

    private static final double RISE = 0.01;
    private static final double FALL = 0.9;

    /** So many times the usual time is late. */
    private static final double LATE = 2;

    /** What was usual is forgotten so slowly: by a fifth in a thousand answers. */
    private static final double DRIFT = 1.0002;

    private double usual = Double.MAX_VALUE;
    private double share = 1;

    /** An answer took so many nanoseconds; all that are told are to questions of about one size. */
    synchronized void answered(double nanos) {
        usual = Math.min(usual * DRIFT, nanos);
        share = nanos > LATE * usual ? Math.max(LEAST, share * FALL) : Math.min(1, share + RISE);
    }

    synchronized double share() {
        return share;
    }
}
