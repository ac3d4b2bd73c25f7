package io.holdfast.failover.guard;

import static io.holdfast.failover.guard.GuardsUnderTest.breaker;
import static io.holdfast.failover.guard.GuardsUnderTest.policyOf;
import static io.holdfast.failover.guard.GuardsUnderTest.strict;
import static io.holdfast.failover.guard.GuardsUnderTest.strictWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Meter;
import org.junit.jupiter.api.Test;

import io.holdfast.failover.policy.BulkheadPolicy;
import io.holdfast.failover.policy.CircuitBreakerPolicy;

class GuardMetersTest {

    private static final CircuitBreakerPolicy LONGER = breaker(Duration.ofSeconds(20));

    private final GuardsUnderTest test = GuardsUnderTest.with(strict());

    /** A refusal such as 404: the dependency is well. */
    private static final class NotFound extends RuntimeException implements Answer {}

    @Test
    void countsEachCallByItsOutcome() {
        test.guard().once(() -> 1);
        assertThatThrownBy(() -> test.guard().once(() -> {
                    throw new NotFound();
                }))
                .isInstanceOf(NotFound.class);
        test.fail(2);
        assertThatThrownBy(() -> test.guard().once(() -> 1)).isInstanceOf(DependencyUnavailableException.class);

        assertThat(calls("success")).isEqualTo(2);
        assertThat(calls("failure")).isEqualTo(2);
        assertThat(calls("open")).isEqualTo(1);
        assertThat(calls("timeout")).isZero();
        assertThat(calls("full")).isZero();
    }

    @Test
    void countsATimeoutWithTheTimeItTook() {
        test.guards.follow(policyOf(strictWith(Duration.ofMillis(20))));

        assertThatThrownBy(() -> test.guard().once(() -> new CountDownLatch(1).await(10, TimeUnit.SECONDS)))
                .isInstanceOf(DependencyUnavailableException.class);

        assertThat(calls("timeout")).isEqualTo(1);
        assertThat(test.meters
                        .get("holdfast.guard.calls")
                        .tag("outcome", "timeout")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isBetween(20.0, 5_000.0);
    }

    @Test
    void countsACallThatFoundNoPlace() throws InterruptedException {
        test.guards.follow(policyOf(strictWith(new BulkheadPolicy(1))));
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Thread caller = Thread.startVirtualThread(() -> test.guard().once(() -> {
            entered.countDown();
            return leave.await(10, TimeUnit.SECONDS);
        }));
        entered.await();

        assertThatThrownBy(() -> test.guard().once(() -> 1)).isInstanceOf(DependencyUnavailableException.class);

        assertThat(calls("full")).isEqualTo(1);
        leave.countDown();
        caller.join();
    }

    @Test
    void countsOnlyTheRepetitionsAsRetries() {
        AtomicInteger attempts = new AtomicInteger();

        test.guard().repeatable(() -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("broken");
            }
            return 1;
        });
        test.guard().repeatable(() -> 1);

        assertThat(retries()).isEqualTo(2);
        assertThat(calls("failure")).isEqualTo(2);
        assertThat(calls("success")).isEqualTo(2);
    }

    @Test
    void showsTheStateOfTheBreaker() {
        test.guard();
        assertThat(state()).isZero();

        test.fail(4);
        assertThat(state()).isEqualTo(2);

        test.clock.forward(Duration.ofSeconds(6));
        test.guard().once(() -> 1);
        assertThat(state()).isEqualTo(1);

        test.guard().once(() -> 1);
        assertThat(state()).isZero();
    }

    @Test
    void isThereAtZeroBeforeAnythingHappens() {
        test.guard();

        assertThat(List.of(calls("success"), calls("failure"), calls("timeout"), calls("open"), calls("full")))
                .containsOnly(0L);
        assertThat(retries()).isZero();
    }

    @Test
    void goesOnCountingWithTheSameMetersWhenThePolicyChanges() {
        test.guard().once(() -> 1);
        test.fail(3);
        List<Meter.Id> before = ids();

        test.guards.follow(policyOf(strictWith(LONGER)));
        assertThat(state()).isEqualTo(2);
        test.clock.forward(Duration.ofSeconds(21));
        test.guard().once(() -> 1);

        assertThat(ids()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(state()).as("of the breaker that took over").isEqualTo(1);
        assertThat(calls("success")).isEqualTo(2);
        assertThat(calls("failure")).isEqualTo(3);
    }

    private List<Meter.Id> ids() {
        return test.meters.getMeters().stream().map(Meter::getId).toList();
    }

    private long calls(String outcome) {
        return test.meters
                .get("holdfast.guard.calls")
                .tags("dependency", GuardsUnderTest.DEPENDENCY, "outcome", outcome)
                .timer()
                .count();
    }

    private double retries() {
        return test.meters.get("holdfast.guard.retries").counter().count();
    }

    private double state() {
        return test.meters.get("holdfast.guard.breaker.state").gauge().value();
    }
}
