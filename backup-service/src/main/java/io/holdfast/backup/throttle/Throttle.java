package io.holdfast.backup.throttle;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Bytes a second that the jobs of this instance may read from Cassandra and write to it, all together. Can be changed while they wait.
 * A token bucket: who has been quiet may send two hundredths of a second's worth at once. The limit is the most that is used for reading; see {@link AdaptiveShare}.
 */
public final class Throttle {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int PIECES_A_SECOND = 100;
    private static final long BURST_NANOS = 2 * TimeUnit.SECONDS.toNanos(1) / PIECES_A_SECOND;
    private static final int SMALLEST_PIECE = 16 * 1024;

    /** Null when there is none. */
    private final AtomicReference<@Nullable Limit> limit = new AtomicReference<>();

    /** A throttle that limits nothing. */
    public static Throttle none() {
        return new Throttle();
    }

    /** The limit in force; zero for none. */
    DataSize limit() {
        Limit current = limit.get();
        return DataSize.ofBytes(current == null ? 0 : current.bytesASecond);
    }

    /** Changes the limit from now on; zero for none. */
    public void limit(DataSize aSecond) {
        limit.set(aSecond.toBytes() == 0 ? null : new Limit(aSecond.toBytes(), System.nanoTime()));
    }

    /** How many bytes to ask for at once at most: under a limit little, so that whoever else uses the machine is not held up by a burst. */
    public int pieceBytes(int most) {
        Limit current = limit.get();
        return current == null
                ? most
                : Math.toIntExact(Math.clamp(current.bytesASecond / PIECES_A_SECOND, SMALLEST_PIECE, most));
    }

    /**
     * Tells how long Cassandra took to answer with so many bytes of rows.
     *
     * @param most how many were asked for, if nothing spoke against it
     */
    public void answered(long bytes, int most, long nanos) {
        Limit current = limit.get();
        if (current == null) {
            return;
        }
        if (bytes < pieceBytes(most) / 2) {
            // Small answers are fast, whoever else is served.
            current.adaptive.inTime();
        } else {
            current.adaptive.answered((double) nanos, System.nanoTime());
        }
    }

    /** Tells that Cassandra did not answer. */
    public void notAnswered() {
        Limit current = limit.get();
        if (current != null) {
            current.adaptive.late();
        }
    }

    /** Which share of the limit is used for reading; all of it when there is none. */
    public double share() {
        Limit current = limit.get();
        return current == null ? 1 : current.adaptive.share();
    }

    /**
     * Waits until so many bytes more may have been written.
     *
     * @throws CancellationException when the thread was interrupted meanwhile
     */
    public void take(long bytes) {
        take(bytes, current -> 1);
    }

    /**
     * Waits until so many bytes more may have been read, which takes longer while answers are late.
     *
     * @throws CancellationException when the thread was interrupted meanwhile
     */
    public void takeForReading(long bytes) {
        take(bytes, current -> current.adaptive.share());
    }

    private void take(long bytes, ToDoubleFunction<Limit> share) {
        long left = bytes;
        while (left > 0) {
            Limit current = limit.get();
            if (current == null) {
                return;
            }
            // In pieces of one period: who waits notices a changed limit soon.
            double part = share.applyAsDouble(current);
            long piece = Math.min(left, current.aPeriod(part));
            pause(current.reserve(piece, part, System.nanoTime()));
            left -= piece;
        }
    }

    private static void pause(long nanos) {
        try {
            Thread.sleep(Duration.ofNanos(nanos));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("Stopped while it waited for the throttle");
            cancelled.initCause(stop);
            throw cancelled;
        }
    }

    /** One limit, and when all that was allowed so far has travelled. */
    static final class Limit {
        private final long bytesASecond;
        private final AdaptiveShare adaptive = new AdaptiveShare();
        private long freeAtNanos;

        Limit(long bytesASecond, long nowNanos) {
            this.bytesASecond = bytesASecond;
            this.freeAtNanos = nowNanos;
        }

        AdaptiveShare adaptive() {
            return adaptive;
        }

        /** How many bytes a share of the limit lets through in a period. */
        long aPeriod(double share) {
            return Math.max(1, Math.round((double) bytesASecond * share * PERIOD_NANOS / TimeUnit.SECONDS.toNanos(1)));
        }

        /** How long to wait, in nanoseconds, until some bytes more have travelled; at most one period's worth. */
        synchronized long reserve(long bytes, double share, long nowNanos) {
            long quiet = Math.min(BURST_NANOS, nowNanos - freeAtNanos);
            long from = quiet > 0 ? nowNanos - quiet : freeAtNanos;
            double aSecond = (double) bytesASecond * share;
            freeAtNanos = from + Math.round((double) bytes / aSecond * TimeUnit.SECONDS.toNanos(1));
            return Math.max(0, freeAtNanos - nowNanos);
        }
    }
}
