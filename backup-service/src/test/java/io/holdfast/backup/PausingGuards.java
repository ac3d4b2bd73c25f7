package io.holdfast.backup;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.holdfast.failover.guard.Guard;
import io.holdfast.failover.guard.Guards;

/** Guards under which a thread can be held up just before its next change of a schema, or its next truncation. */
public final class PausingGuards implements Guards {
    private final Guards guards = new DirectGuards();
    private volatile Runnable before = () -> {};

    /** What the next such call of any thread does first; only that one. */
    public void beforeNext(Runnable pause) {
        before = pause;
    }

    @Override
    public Guard of(String dependency) {
        Guard guard = guards.of(dependency);
        if (!dependency.equals("cassandra-schema")) {
            return guard;
        }
        return new Guard() {
            @Override
            public <T extends @Nullable Object> T once(Callable<T> call) {
                return guard.once(call);
            }

            @Override
            public <T extends @Nullable Object> T repeatable(Callable<T> call) {
                Runnable pause = before;
                before = () -> {};
                pause.run();
                return guard.repeatable(call);
            }
        };
    }
}
