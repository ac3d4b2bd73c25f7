package io.holdfast.backup.job;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Tells from how fast a phase has gone on how long it will last. What was done when it first told of itself, for instance by an earlier
 * worker, does not count.
 */
final class Pace {
    private long begunNanos;
    private long begunAt = -1;

    /** A new phase begins. */
    void restart() {
        begunAt = -1;
    }

    /** Seconds until all is done; null as long as nobody knows. */
    @Nullable
    Long remainingSeconds(Progress progress, long nanos) {
        if (begunAt < 0) {
            begunAt = progress.done();
            begunNanos = nanos;
            return null;
        }
        long done = progress.done() - begunAt;
        if (done <= 0 || progress.total() < progress.done()) {
            return null;
        }
        double left = (double) (progress.total() - progress.done()) / done * (nanos - begunNanos);
        return Math.round(left / TimeUnit.SECONDS.toNanos(1));
    }
}
