package io.holdfast.backup;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.Guard;
import io.holdfast.failover.guard.Guards;

/** Guards under which every other call that must not happen twice fails: some before it is made, some after. */
public final class LostAnswers implements Guards {
    private final Guards guards = new DirectGuards();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile int lossyCalls = Integer.MAX_VALUE;

    /** All calls after so many succeed. */
    public void loseAmongTheFirst(int number) {
        lossyCalls = number;
    }

    /** How many calls were made at most once, the failed ones included. */
    public int calls() {
        return calls.get();
    }

    @Override
    public Guard of(String dependency) {
        Guard guard = guards.of(dependency);
        return new Guard() {
            @Override
            public <T extends @Nullable Object> T once(Callable<T> call) {
                int made = calls.incrementAndGet();
                int number = made > lossyCalls ? 0 : made % 4;
                if (number == 1) {
                    throw lost(dependency);
                }
                T answer = guard.once(call);
                if (number == 3) {
                    throw lost(dependency);
                }
                return answer;
            }

            @Override
            public <T extends @Nullable Object> T repeatable(Callable<T> call) {
                return guard.repeatable(call);
            }
        };
    }

    private static DependencyUnavailableException lost(String dependency) {
        return new DependencyUnavailableException(
                dependency,
                DependencyUnavailableException.Reason.FAILED,
                Duration.ofMillis(1),
                new IllegalStateException("lost on purpose"));
    }
}
