package io.holdfast.failover.guard;

import static io.holdfast.failover.guard.GuardsUnderTest.breaker;
import static io.holdfast.failover.guard.GuardsUnderTest.policyOf;
import static io.holdfast.failover.guard.GuardsUnderTest.strict;
import static io.holdfast.failover.guard.GuardsUnderTest.strictWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.failover.policy.BulkheadPolicy;
import io.holdfast.failover.policy.CircuitBreakerPolicy;
import io.holdfast.failover.policy.DependencyPolicy;

@ExtendWith(OutputCaptureExtension.class)
class LiveChangeTest {

    private static final CircuitBreakerPolicy LONGER = breaker(Duration.ofSeconds(20));

    private final GuardsUnderTest test = GuardsUnderTest.with(strict());

    @Test
    void keepsTheCountersOfABreakerWhoseSettingsStay() {
        test.fail(3);

        follow(strictWith(Duration.ofSeconds(1)));

        assertThat(test.view().failedCalls()).isEqualTo(3);
        test.fail(1);
        assertThat(test.view().state()).isEqualTo("OPEN");
    }

    @Test
    void keepsAnOpenBreakerOpenWhenItsSettingsChange() {
        test.fail(4);

        follow(strictWith(LONGER));

        assertThat(test.view().state()).isEqualTo("OPEN");
        assertThat(refused()).isEqualTo(Reason.OPEN);
    }

    @Test
    void countsOpenForFromTheOpeningAndNotFromTheEdit() {
        test.fail(4);
        test.clock.forward(Duration.ofSeconds(4));

        follow(strictWith(LONGER));
        follow(strictWith(breaker(Duration.ofSeconds(21))));
        follow(strictWith(LONGER));

        test.clock.forward(Duration.ofMillis(15_900));
        assertThat(refused()).isEqualTo(Reason.OPEN);
        test.clock.forward(Duration.ofMillis(200));
        assertThat(test.guard().<Integer>once(() -> 1)).isEqualTo(1);
        assertThat(test.view().state()).isEqualTo("HALF_OPEN");
    }

    @Test
    void triesAtOnceWhenTheNewOpenForIsOverAlready() {
        test.fail(4);
        test.clock.forward(Duration.ofSeconds(3));

        follow(strictWith(breaker(Duration.ofSeconds(2))));

        test.clock.forward(Duration.ofMillis(2));
        assertThat(test.guard().<Integer>once(() -> 1)).isEqualTo(1);
    }

    @Test
    void goesOnTryingWhenABreakerOnTrialChanges() {
        test.fail(4);
        test.clock.forward(Duration.ofSeconds(6));
        test.guard().once(() -> 1);

        follow(strictWith(LONGER));

        assertThat(test.view().state()).isEqualTo("HALF_OPEN");
    }

    @Test
    void letsEverythingThroughWhenTheBreakerIsSwitchedOffAndStartsClosedWhenItIsOnAgain() {
        test.fail(4);
        CircuitBreakerPolicy on = strict().circuitBreaker();

        follow(strictWith(new CircuitBreakerPolicy(false, 50, on.slowCall(), 100, 4, 4, on.openFor(), 2)));
        assertThat(test.view().state()).isEqualTo("DISABLED");
        assertThat(test.guard().<Integer>once(() -> 1)).isEqualTo(1);

        follow(strict());
        assertThat(test.view().state()).isEqualTo("CLOSED");
    }

    @Test
    void takesANewTimeoutForTheNextCall() {
        follow(strictWith(Duration.ofMillis(20)));

        DependencyUnavailableException thrown = catchThrowableOfType(
                DependencyUnavailableException.class,
                () -> test.guard().once(() -> new CountDownLatch(1).await(10, TimeUnit.SECONDS)));

        assertThat(thrown.reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void changesTheSizeOfTheBulkheadAroundTheCallsUnderWay() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Thread caller = Thread.startVirtualThread(() -> test.guard().once(() -> {
            entered.countDown();
            return leave.await(10, TimeUnit.SECONDS);
        }));
        entered.await();

        follow(strictWith(new BulkheadPolicy(1)));

        assertThat(refused()).isEqualTo(Reason.FULL);
        leave.countDown();
        caller.join();
        assertThat(test.guard().<Integer>once(() -> 1)).isEqualTo(1);
    }

    @Test
    void keepsTheMetersOfAReplacedBreaker() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(test.breakers).bindTo(meters);
        test.fail(4);

        follow(strictWith(LONGER));

        assertThat(meters.get("resilience4j.circuitbreaker.state")
                        .tags("name", "user-service", "state", "open")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void changesNothingForAGuardThePolicyLeavesAsItIs(CapturedOutput log) {
        test.guards.of("kafka").once(() -> 1);

        follow(strictWith(LONGER));

        assertThat(test.guards.views())
                .filteredOn(view -> view.dependency().equals("kafka"))
                .singleElement()
                .satisfies(view -> assertThat(view.recentCalls()).isEqualTo(1));
        assertThat(log).containsOnlyOnce("guard changed").contains("guard changed dependency=user-service");
    }

    private void follow(DependencyPolicy policy) {
        test.guard();
        test.guards.follow(policyOf(policy));
    }

    private Reason refused() {
        DependencyUnavailableException thrown = catchThrowableOfType(
                DependencyUnavailableException.class, () -> test.guard().once(() -> 1));
        assertThat(thrown).isNotNull();
        return thrown.reason();
    }
}
