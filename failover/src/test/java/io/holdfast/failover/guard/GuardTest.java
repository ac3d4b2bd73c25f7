package io.holdfast.failover.guard;

import static io.holdfast.failover.guard.GuardsUnderTest.breaker;
import static io.holdfast.failover.guard.GuardsUnderTest.policyOf;
import static io.holdfast.failover.guard.GuardsUnderTest.strict;
import static io.holdfast.failover.guard.GuardsUnderTest.strictWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.holdfast.failover.guard.DependencyUnavailableException.Reason;

@ExtendWith(OutputCaptureExtension.class)
class GuardTest {

    private final GuardsUnderTest test = GuardsUnderTest.with(strict());

    static final class NotEnoughCredit extends Exception implements Answer {}

    @Test
    void returnsWhatTheCallReturns() {
        assertThat(test.guard().once(() -> 42)).isEqualTo(42);
    }

    @Test
    void wrapsAFailureAndKeepsItsCause() {
        IOException cause = new IOException("connection reset");

        DependencyUnavailableException thrown = refused(() -> {
            throw cause;
        });

        assertThat(thrown.reason()).isEqualTo(Reason.FAILED);
        assertThat(thrown.dependency()).isEqualTo("user-service");
        assertThat(thrown).hasCause(cause);
    }

    @Test
    void handsAnAnswerOnUnchangedAndCountsItAsSuccess() {
        for (int i = 0; i < 8; i++) {
            assertThatExceptionOfType(NotEnoughCredit.class)
                    .isThrownBy(() -> test.guard().repeatable(() -> {
                        throw new NotEnoughCredit();
                    }));
        }

        assertThat(test.view().state()).isEqualTo("CLOSED");
        assertThat(test.view().recentCalls()).isEqualTo(4);
        assertThat(test.view().failedCalls()).isZero();
    }

    @Test
    void interruptsACallThatTakesTooLong() throws InterruptedException {
        GuardsUnderTest hasty = GuardsUnderTest.with(strictWith(Duration.ofMillis(20)));
        CountDownLatch interrupted = new CountDownLatch(1);

        DependencyUnavailableException thrown = catchThrowableOfType(
                DependencyUnavailableException.class,
                () -> hasty.guard().once(() -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                }));

        assertThat(thrown.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void interruptsTheCallInsideWhenTheCallOutsideTakesTooLong() throws InterruptedException {
        GuardsUnderTest outside = GuardsUnderTest.with(strictWith(Duration.ofMillis(20)));
        CountDownLatch interrupted = new CountDownLatch(1);

        assertThatExceptionOfType(DependencyUnavailableException.class)
                .isThrownBy(() -> outside.guard()
                        .once(() -> test.guard().once(() -> {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                            }
                        })));

        assertThat(interrupted.await(2, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void interruptsTheCallWhenWhoWaitsForItIsInterrupted() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread caller = Thread.startVirtualThread(() -> refused(() -> {
            entered.countDown();
            try {
                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }));
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();

        assertThat(interrupted.await(2, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void opensAfterFailuresAndAsksNoMore() {
        test.fail(4);

        AtomicInteger asked = new AtomicInteger();
        DependencyUnavailableException thrown = refused(asked::incrementAndGet);

        assertThat(thrown.reason()).isEqualTo(Reason.OPEN);
        assertThat(thrown.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(asked).hasValue(0);
    }

    @Test
    void triesAgainAfterOpenForAndClosesWhenTheTrialsSucceed() {
        test.fail(4);

        test.clock.forward(Duration.ofMillis(4_999));
        assertThat(refused(() -> 1).reason()).isEqualTo(Reason.OPEN);
        test.clock.forward(Duration.ofMillis(2));
        test.guard().once(() -> 1);
        assertThat(test.view().state()).isEqualTo("HALF_OPEN");
        test.guard().once(() -> 1);

        assertThat(test.view().state()).isEqualTo("CLOSED");
        assertThat(test.view().openSince()).isNull();
    }

    @Test
    void opensAgainWhenTheTrialsFail() {
        test.fail(4);
        test.clock.forward(Duration.ofSeconds(6));

        test.fail(2);

        assertThat(test.view().state()).isEqualTo("OPEN");
        assertThat(test.view().openSince()).isEqualTo(test.clock.instant());
    }

    @Test
    void saysEachMoveOfTheBreakerOnceAlsoWhenThePolicyHasReplacedIt(CapturedOutput log) {
        test.fail(4);
        test.guards.follow(policyOf(strictWith(breaker(Duration.ofSeconds(6)))));
        test.clock.forward(Duration.ofSeconds(7));
        test.guard().once(() -> 1);
        test.guard().once(() -> 1);

        assertThat(log.getOut().lines().filter(line -> line.contains("guard moved")))
                .extracting(line -> line.substring(line.indexOf("guard moved")))
                .containsExactly(
                        "guard moved dependency=user-service from=CLOSED to=OPEN",
                        "guard moved dependency=user-service from=OPEN to=HALF_OPEN",
                        "guard moved dependency=user-service from=HALF_OPEN to=CLOSED");
    }

    @Test
    void refusesACallAboveTheBulkheadAtOnceAndDoesNotCountItAsFailure() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(2);
        CountDownLatch leave = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            Thread.startVirtualThread(() -> test.guard().once(() -> {
                entered.countDown();
                return leave.await(10, TimeUnit.SECONDS);
            }));
        }
        entered.await();

        DependencyUnavailableException thrown = refused(() -> 1);
        assertThat(test.view().callsUnderWay()).isEqualTo(2);
        leave.countDown();

        assertThat(thrown.reason()).isEqualTo(Reason.FULL);
        assertThat(test.view().failedCalls()).isZero();
    }

    @Test
    void repeatsOnlyWhatMayBeRepeated() {
        AtomicInteger once = new AtomicInteger();
        AtomicInteger repeated = new AtomicInteger();

        refused(() -> failing(once));
        String answer = test.guard().repeatable(() -> repeated.incrementAndGet() < 3 ? failing(repeated, 0) : "done");

        assertThat(once).hasValue(1);
        assertThat(answer).isEqualTo("done");
        assertThat(repeated).hasValue(3);
    }

    @Test
    void doesNotRepeatWhatIsRefusedByAnOpenBreaker() {
        test.fail(4);

        assertThat(catchThrowableOfType(
                                DependencyUnavailableException.class,
                                () -> test.guard().repeatable(() -> 1))
                        .reason())
                .isEqualTo(Reason.OPEN);
        assertThat(test.breakers.circuitBreaker("user-service").getMetrics().getNumberOfNotPermittedCalls())
                .isEqualTo(1);
    }

    @Test
    void carriesTheLogContextIntoTheCall() {
        MDC.put("requestId", "r-1");
        try {
            assertThat(test.guard().once(() -> MDC.get("requestId"))).isEqualTo("r-1");
        } finally {
            MDC.clear();
        }
    }

    @Test
    void isTheSameForTheSameName() {
        assertThat(test.guards.of("kafka")).isSameAs(test.guards.of("kafka")).isNotSameAs(test.guards.of("cassandra"));
    }

    private static String failing(AtomicInteger calls) throws IOException {
        return failing(calls, 1);
    }

    private static String failing(AtomicInteger calls, int step) throws IOException {
        calls.addAndGet(step);
        throw new IOException("broken");
    }

    private DependencyUnavailableException refused(java.util.concurrent.Callable<?> call) {
        return catchThrowableOfType(
                DependencyUnavailableException.class, () -> test.guard().once(call));
    }
}
