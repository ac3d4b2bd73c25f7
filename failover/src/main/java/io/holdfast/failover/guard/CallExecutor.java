package io.holdfast.failover.guard;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import io.holdfast.failover.deadline.Deadline;
import io.holdfast.failover.trace.CallerContext;

/**
 * Runs each guarded call on a virtual thread of its own, with the caller's security context, MDC and observation. It owns
 * no threads, so there is nothing to shut down: a call ends by itself or is interrupted by its guard.
 */
final class CallExecutor extends AbstractExecutorService {

    private final ThreadFactory threads = Thread.ofVirtual().name("guarded").factory();

    @Override
    public void execute(Runnable command) {
        threads.newThread(command).start();
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        return new Call<>(CallerContext.carry(callable));
    }

    /** Ends the call also when the waiting caller himself is interrupted: a guard inside a guard must not leave work behind. */
    private static final class Call<T extends @Nullable Object> extends FutureTask<T> {
        Call(Callable<T> callable) {
            super(callable);
        }

        @Override
        public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            Duration bound = Duration.of(timeout, unit.toChronoUnit());
            Duration wait =
                    Deadline.left().filter(left -> left.compareTo(bound) < 0).orElse(bound);
            try {
                return super.get(wait.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                cancel(true);
                throw e;
            } catch (TimeoutException e) {
                if (wait.equals(bound)) {
                    throw e;
                }
                cancel(true);
                throw new DeadlinePassedException();
            }
        }
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
