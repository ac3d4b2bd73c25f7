package io.holdfast.failover.guard;

import static io.holdfast.failover.guard.GuardsUnderTest.strict;
import static io.holdfast.failover.guard.GuardsUnderTest.strictWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.holdfast.failover.policy.CircuitBreakerPolicy;

class RetryBudgetTest {

    /** A breaker that never opens, so that only the budget bounds the attempts. */
    private static final CircuitBreakerPolicy NO_BREAKER =
            new CircuitBreakerPolicy(false, 50, Duration.ofSeconds(4), 100, 4, 4, Duration.ofSeconds(5), 2);

    private final GuardsUnderTest test = GuardsUnderTest.with(strictWith(NO_BREAKER));
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void retriesOfAFailingDependencyStayWithinATenthOfTheCallsAndTheAdvance() {
        fail(1000);

        assertThat(attempts.get()).isBetween(1100, 1110);
    }

    @Test
    void aSingleCallGetsAllItsAttempts() {
        fail(1);

        assertThat(attempts.get()).isEqualTo(3);
    }

    @Test
    void callsThatSucceedEarnTheRetriesOfThoseThatFail() {
        fail(100);
        int spent = attempts.get();
        for (int i = 0; i < 100; i++) {
            test.guard().repeatable(() -> "well");
        }

        fail(5);

        assertThat(attempts.get() - spent).isEqualTo(5 * 3);
    }

    @Test
    void aLongCalmSavesRetriesForAHundredCallsAndNotMore() {
        for (int i = 0; i < 5_000; i++) {
            test.guard().repeatable(() -> "well");
        }

        fail(1_000);

        assertThat(attempts.get()).isBetween(1_190, 1_200);
    }

    @Test
    void aFailureWithoutARetryIsTheFailureItself() {
        fail(100);

        Throwable thrown = catchThrowable(() -> test.guard().repeatable(() -> {
            throw new IllegalStateException("broken");
        }));

        assertThat(thrown)
                .isInstanceOf(DependencyUnavailableException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void retriesThatWereNotMadeAreCounted() {
        fail(100);

        assertThat(test.meters
                        .counter("holdfast.guard.retries.refused", "dependency", GuardsUnderTest.DEPENDENCY)
                        .count())
                .isBetween(80.0, 100.0);
    }

    @Test
    void theLastAttemptCostsNothing() {
        GuardsUnderTest two = GuardsUnderTest.with(strict());

        for (int i = 0; i < 3; i++) {
            assertThatException()
                    .isThrownBy(() -> two.guard().repeatable(() -> {
                        throw new IllegalStateException("broken");
                    }));
        }

        assertThat(two.meters
                        .counter("holdfast.guard.retries.refused", "dependency", GuardsUnderTest.DEPENDENCY)
                        .count())
                .isZero();
    }

    private void fail(int calls) {
        for (int i = 0; i < calls; i++) {
            assertThatException()
                    .isThrownBy(() -> test.guard().repeatable(() -> {
                        attempts.incrementAndGet();
                        throw new IllegalStateException("broken");
                    }));
        }
    }
}
