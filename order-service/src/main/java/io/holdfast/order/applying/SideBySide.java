package io.holdfast.order.applying;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.holdfast.failover.trace.CallerContext;

/** Does work on many orders at the same time, but so that what it calls is not called more often at once than was said. */
final class SideBySide {

    /** One order alone is three statements at once; of several a user's are two or three beside one for each. */
    private static final int ORDERS_OF_A_CALL = 3;

    private final int callsAtOnce;
    private final Semaphore calls;

    SideBySide(int callsAtOnce) {
        this.callsAtOnce = callsAtOnce;
        this.calls = new Semaphore(callsAtOnce, true);
    }

    /** Returns when the work on each has ended. It tells failures by other ways than throwing. */
    <T> void each(Collection<T> all, Consumer<T> work) {
        if (all.size() == 1) {
            all.forEach(work);
            return;
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> working = all.stream()
                    .map(one -> threads.submit(CallerContext.carry(() -> work.accept(one))))
                    .toList();
            for (Future<?> one : working) {
                one.get();
            }
        } catch (ExecutionException unexpected) {
            if (unexpected.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(unexpected.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does work on some orders when there is room for it, of which it takes that of a few calls. */
    <R> R call(int orders, Supplier<R> work) {
        int room = Math.clamp(orders / ORDERS_OF_A_CALL, 1, callsAtOnce);
        calls.acquireUninterruptibly(room);
        try {
            return work.get();
        } finally {
            calls.release(room);
        }
    }

    /** Likewise. */
    void call(int orders, Runnable work) {
        call(orders, () -> {
            work.run();
            return true;
        });
    }
}
