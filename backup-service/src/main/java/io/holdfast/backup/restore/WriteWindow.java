package io.holdfast.backup.restore;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.holdfast.failover.trace.CallerContext;

/** Lets a bounded number of writes be under way. Whoever adds one waits for a place; the first failure ends it all. */
final class WriteWindow {
    private final int size;
    private final Semaphore places;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    WriteWindow(int size) {
        this.size = size;
        this.places = new Semaphore(size);
    }

    /**
     * Starts a write when there is a place for it.
     *
     * <p>Throws what an earlier write threw.
     */
    void add(Runnable write) {
        acquire(1);
        Thread.startVirtualThread(CallerContext.carry(() -> run(write)));
    }

    private void run(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException failed) {
            failure.compareAndSet(null, failed);
        } finally {
            places.release();
        }
    }

    /** Waits for all writes, and throws what one of them threw. */
    void finish() {
        acquire(size);
        places.release(size);
        throwFailure();
    }

    private void acquire(int count) {
        try {
            places.acquire(count);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Stopped before all was written");
        }
        if (failure.get() != null) {
            places.release(count);
            throwFailure();
        }
    }

    private void throwFailure() {
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }
}
