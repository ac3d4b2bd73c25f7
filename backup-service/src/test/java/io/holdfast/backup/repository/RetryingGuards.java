package io.holdfast.backup.repository;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.Guard;
import io.holdfast.failover.guard.Guards;

/** Guards that repeat what may be repeated at once, so many times, and know no breaker that would end a test early. */
public record RetryingGuards(int attempts) implements Guards {
    @Override
    public Guard of(String dependency) {
        return new Guard() {
            @Override
            public <T extends @Nullable Object> T once(Callable<T> call) {
                return tried(call, 1);
            }

            @Override
            public <T extends @Nullable Object> T repeatable(Callable<T> call) {
                return tried(call, attempts);
            }

            private <T extends @Nullable Object> T tried(Callable<T> call, int attemptsLeft) {
                try {
                    return call.call();
                } catch (UncheckedIOException failed) {
                    if (attemptsLeft > 1) {
                        return tried(call, attemptsLeft - 1);
                    }
                    throw new DependencyUnavailableException(
                            dependency, DependencyUnavailableException.Reason.FAILED, Duration.ofMillis(1), failed);
                } catch (RuntimeException answer) {
                    throw answer;
                } catch (Exception checked) {
                    throw new IllegalStateException(checked);
                }
            }
        };
    }
}
