package io.holdfast.failover.trace;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

import io.holdfast.failover.deadline.DeadlineAccessor;

/** Takes what belongs to a call to the other threads that work on it: its trace, its security context, its MDC. */
public final class CallerContext {

    private static final ContextSnapshotFactory CONTEXT = ContextSnapshotFactory.builder()
            .contextRegistry(new ContextRegistry()
                    .loadThreadLocalAccessors()
                    .registerThreadLocalAccessor(new Slf4jThreadLocalAccessor())
                    .registerThreadLocalAccessor(new DeadlineAccessor()))
            .clearMissing(false)
            .build();

    private CallerContext() {}

    /** The work, which wherever it runs has the context of the thread that asks for it here. */
    public static <T extends @Nullable Object> Callable<T> carry(Callable<T> work) {
        return CONTEXT.captureAll().wrap(work);
    }

    /** The work, which wherever it runs has the context of the thread that asks for it here. */
    public static Runnable carry(Runnable work) {
        return CONTEXT.captureAll().wrap(work);
    }

    /** The executor, which gives all work the context of the thread that hands it over. */
    public static Executor carrying(Executor executor) {
        return work -> executor.execute(carry(work));
    }
}
