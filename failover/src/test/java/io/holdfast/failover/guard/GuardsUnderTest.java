package io.holdfast.failover.guard;

import java.time.Duration;
import java.util.Map;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JCircuitBreakerFactory;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JConfigurationProperties;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4jBulkheadProvider;

import io.holdfast.failover.policy.BulkheadPolicy;
import io.holdfast.failover.policy.CircuitBreakerPolicy;
import io.holdfast.failover.policy.DependencyPolicy;
import io.holdfast.failover.policy.FailoverPolicy;
import io.holdfast.failover.policy.Fallback;
import io.holdfast.failover.policy.RetryPolicy;
import io.holdfast.failover.policy.Routing;
import io.holdfast.failover.policy.Tolerance;

/** Guards as the autoconfiguration wires them, with a clock that is moved by hand. */
final class GuardsUnderTest {

    static final String DEPENDENCY = "user-service";

    final MovedClock clock = new MovedClock();
    final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final PolicyGuards guards;

    private GuardsUnderTest(DependencyPolicy policy) {
        BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
        var properties = new Resilience4JConfigurationProperties();
        var factory = new Resilience4JCircuitBreakerFactory(
                breakers,
                TimeLimiterRegistry.ofDefaults(),
                new Resilience4jBulkheadProvider(ThreadPoolBulkheadRegistry.ofDefaults(), bulkheads, properties),
                properties);
        factory.configureExecutorService(new CallExecutor());
        Mechanisms mechanisms = new Mechanisms(
                breakers,
                factory.getTimeLimiterRegistry(),
                bulkheads,
                RetryRegistry.ofDefaults(),
                failure -> failure instanceof Answer,
                clock);
        guards = new PolicyGuards(policyOf(policy), mechanisms, factory::create, meters);
    }

    static GuardsUnderTest with(DependencyPolicy policy) {
        return new GuardsUnderTest(policy);
    }

    static FailoverPolicy policyOf(DependencyPolicy policy) {
        return new FailoverPolicy(Tolerance.HIGH_AVAILABILITY, Map.of(DEPENDENCY, policy));
    }

    /** Opens after 4 failures of 4 calls, stays open 5 s, closes after 2 good trials; 3 attempts; 2 calls at a time. */
    static DependencyPolicy strict() {
        return new DependencyPolicy(
                Duration.ofSeconds(5),
                new RetryPolicy(3, Duration.ofMillis(1), 1, 0),
                breaker(Duration.ofSeconds(5)),
                new BulkheadPolicy(2),
                Routing.ROUND_ROBIN,
                Fallback.FAIL);
    }

    static CircuitBreakerPolicy breaker(Duration openFor) {
        return new CircuitBreakerPolicy(true, 50, Duration.ofSeconds(4), 100, 4, 4, openFor, 2);
    }

    static DependencyPolicy strictWith(CircuitBreakerPolicy breaker) {
        DependencyPolicy s = strict();
        return new DependencyPolicy(s.timeout(), s.retry(), breaker, s.bulkhead(), s.routing(), s.fallback());
    }

    static DependencyPolicy strictWith(Duration timeout) {
        DependencyPolicy s = strict();
        return new DependencyPolicy(timeout, s.retry(), s.circuitBreaker(), s.bulkhead(), s.routing(), s.fallback());
    }

    static DependencyPolicy strictWith(RetryPolicy retry) {
        DependencyPolicy s = strict();
        return new DependencyPolicy(s.timeout(), retry, s.circuitBreaker(), s.bulkhead(), s.routing(), s.fallback());
    }

    static DependencyPolicy strictWith(BulkheadPolicy bulkhead) {
        DependencyPolicy s = strict();
        return new DependencyPolicy(s.timeout(), s.retry(), s.circuitBreaker(), bulkhead, s.routing(), s.fallback());
    }

    Guard guard() {
        return guards.of(DEPENDENCY);
    }

    GuardView view() {
        guard();
        return guards.views().getFirst();
    }

    void fail(int times) {
        for (int i = 0; i < times; i++) {
            try {
                guard().once(() -> {
                    throw new IllegalStateException("broken");
                });
            } catch (DependencyUnavailableException expected) {
                continue;
            }
            throw new AssertionError("the call did not fail");
        }
    }
}
