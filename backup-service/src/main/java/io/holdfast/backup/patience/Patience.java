package io.holdfast.backup.patience;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import io.holdfast.failover.guard.DependencyUnavailableException;

/**
 * Repeats a guarded call while its dependency is away.
 *
 * @param bound how long one call may wait; zero for not at all
 */
public record Patience(Duration bound) {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /**
     * The outcome of the call, as soon as it has one.
     *
     * @param call through a guard, and such that it may be repeated
     * @throws DependencyUnavailableException when the dependency was away all the time
     * @throws CancellationException when the thread was interrupted meanwhile
     */
    public <T> T call(Supplier<T> call) {
        long deadline = System.nanoTime() + bound.toNanos();
        while (true) {
            try {
                return call.get();
            } catch (DependencyUnavailableException away) {
                Duration pause = shorter(away.retryAfter(), LONGEST_PAUSE);
                if (System.nanoTime() + pause.toNanos() > deadline) {
                    throw away;
                }
                pause(pause, "Stopped while it waited");
            }
        }
    }

    /**
     * Sleeps.
     *
     * @param stopped what to say when that is cut short
     * @throws CancellationException when the thread was interrupted meanwhile
     */
    public static void pause(Duration time, String stopped) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException(stopped);
            cancelled.initCause(stop);
            throw cancelled;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
