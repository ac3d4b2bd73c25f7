package io.holdfast.backup.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.holdfast.failover.trace.CallerContext;

/**
 * Does tasks several at a time, and stops all when one fails.
 *
 * @param threads how many at a time
 */
public record Parallel(int threads) {
    /**
     * The outcomes of the tasks in their order.
     *
     * @throws CancellationException when the calling thread was interrupted
     */
    public <T> List<T> run(List<Callable<T>> tasks) {
        try (ExecutorService executor = Executors.newFixedThreadPool(
                threads, Thread.ofVirtual().name("backup-", 0).factory())) {
            ExecutorCompletionService<T> completed = new ExecutorCompletionService<>(executor);
            List<Future<T>> futures = new ArrayList<>();
            tasks.forEach(task -> futures.add(completed.submit(CallerContext.carry(task))));
            try {
                for (int ended = 0; ended < tasks.size(); ended++) {
                    completed.take().get();
                }
            } catch (ExecutionException failed) {
                executor.shutdownNow();
                throw failed.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(failed.getCause());
            } catch (InterruptedException stop) {
                executor.shutdownNow();
                Thread.currentThread().interrupt();
                throw new CancellationException("Stopped before all was done");
            }
            return futures.stream().map(Future::resultNow).toList();
        }
    }
}
