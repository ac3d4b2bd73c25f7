package io.holdfast.failover.fallback;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.holdfast.failover.trace.CallerContext;

/** Work that goes on when whoever began it does not wait for it any longer. */
public final class Unwaited {

    private Unwaited() {}

    /**
     * Begins the work on a virtual thread of its own, which has the caller's context, and waits for it at most so long.
     *
     * @return what it came to; empty when it is still under way
     * @throws RuntimeException what the work threw in time
     */
    public static <T> Optional<T> within(Duration wait, String name, Callable<T> work) throws InterruptedException {
        FutureTask<T> task = new FutureTask<>(CallerContext.carry(work));
        Thread.ofVirtual().name(name).start(task);
        try {
            return Optional.of(task.get(wait.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException slow) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(failed);
            }
        }
    }
}
