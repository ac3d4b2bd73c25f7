package io.holdfast.failover.guard;

import static io.holdfast.failover.guard.GuardsUnderTest.strict;
import static io.holdfast.failover.guard.GuardsUnderTest.strictWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.holdfast.failover.deadline.Deadline;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.failover.policy.RetryPolicy;

class DeadlineInGuardTest {

    /** Its timeout is 5 s, its retries 3. */
    private final GuardsUnderTest test = GuardsUnderTest.with(strict());

    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void aCallIsInterruptedWhenItsCallerNoLongerWaits() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);

        Reason reason = reasonWithin(Duration.ofMillis(30), () -> {
            try {
                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });

        assertThat(reason).isEqualTo(Reason.EXPIRED);
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anImpatientCallerSaysNothingAboutTheDependency() throws Exception {
        for (int i = 0; i < 8; i++) {
            reasonWithin(Duration.ofMillis(5), () -> new CountDownLatch(1).await(1, TimeUnit.MINUTES));
        }

        assertThat(test.view().state()).isEqualTo("CLOSED");
        assertThat(test.view().failedCalls()).isZero();
    }

    @Test
    void nobodyIsAskedAfterTheDeadline() throws Exception {
        Reason reason = reasonWithin(Duration.ZERO, attempts::incrementAndGet);

        assertThat(reason).isEqualTo(Reason.EXPIRED);
        assertThat(attempts).hasValue(0);
    }

    @Test
    void aRetryThatWouldComeTooLateIsNotMade() throws Exception {
        Reason reason = reasonWithin(Duration.ofMillis(50), () -> {
            attempts.incrementAndGet();
            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
            throw new IllegalStateException("broken");
        });

        assertThat(reason).isIn(Reason.FAILED, Reason.EXPIRED);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void whoseTimeIsOverIsToldSoWhateverTheBreakerSays() throws Exception {
        test.fail(4);
        assertThat(test.view().state()).isEqualTo("OPEN");

        assertThat(reasonWithin(Duration.ZERO, attempts::incrementAndGet)).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void aRetryAfterTheDeadlineIsNotWaitedFor() throws Exception {
        test.guards.follow(GuardsUnderTest.policyOf(strictWith(new RetryPolicy(3, Duration.ofSeconds(3), 1, 0))));

        Reason reason = reasonWithin(Duration.ofSeconds(2), () -> {
            throw new IllegalStateException("broken");
        });

        assertThat(reason).isEqualTo(Reason.FAILED);
        assertThat(test.meters
                        .counter("holdfast.guard.retries.refused", "dependency", GuardsUnderTest.DEPENDENCY)
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aCallKnowsTheTimeoutOfItsOwnGuardAsItsDeadline() {
        Duration left = test.guard().once(() -> Deadline.left().orElseThrow());

        assertThat(left).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    private Reason reasonWithin(Duration time, Callable<?> call) throws Exception {
        return Deadline.within(
                time,
                () -> catchThrowableOfType(
                                DependencyUnavailableException.class,
                                () -> test.guard().repeatable(call))
                        .reason());
    }
}
