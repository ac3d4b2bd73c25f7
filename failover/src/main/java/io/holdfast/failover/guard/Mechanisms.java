package io.holdfast.failover.guard;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;

import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.failover.policy.BulkheadPolicy;
import io.holdfast.failover.policy.CircuitBreakerPolicy;
import io.holdfast.failover.policy.RetryPolicy;

/** The Resilience4j registries the guards share with Spring Cloud CircuitBreaker, and how a policy looks in their terms. */
record Mechanisms(
        CircuitBreakerRegistry breakers,
        TimeLimiterRegistry timeLimiters,
        BulkheadRegistry bulkheads,
        RetryRegistry retries,
        Predicate<Throwable> answers,
        Clock clock) {

    CircuitBreaker breaker(String dependency, CircuitBreakerPolicy policy) {
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .failureRateThreshold(policy.failureRate())
                .slowCallDurationThreshold(policy.slowCall())
                .slowCallRateThreshold(policy.slowCallRate())
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(policy.window())
                .minimumNumberOfCalls(policy.minimumCalls())
                .waitDurationInOpenState(policy.openFor())
                .permittedNumberOfCallsInHalfOpenState(policy.halfOpenCalls())
                .ignoreException(Mechanisms::saysNothingAboutTheDependency)
                .recordException(answers.negate())
                .writableStackTraceEnabled(false)
                .clock(clock)
                .build();
        return CircuitBreaker.of(dependency, config);
    }

    void put(CircuitBreaker breaker) {
        breakers.circuitBreaker(breaker.getName(), breaker.getCircuitBreakerConfig());
        breakers.replace(breaker.getName(), breaker);
    }

    void put(TimeLimiter timeLimiter) {
        timeLimiters.timeLimiter(timeLimiter.getName(), timeLimiter.getTimeLimiterConfig());
        timeLimiters.replace(timeLimiter.getName(), timeLimiter);
    }

    /** Refused by a bulkhead, judged by another guard already, or the caller gave up: nothing the breaker could learn from. */
    private static boolean saysNothingAboutTheDependency(Throwable failure) {
        return failure instanceof BulkheadFullException
                || failure instanceof DependencyUnavailableException
                || failure instanceof DeadlinePassedException
                || failure instanceof InterruptedException;
    }

    TimeLimiter timeLimiter(String dependency, Duration timeout) {
        return TimeLimiter.of(
                dependency,
                TimeLimiterConfig.custom()
                        .timeoutDuration(timeout)
                        .cancelRunningFuture(true)
                        .build());
    }

    BulkheadConfig bulkhead(BulkheadPolicy policy) {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(policy.concurrentCalls())
                .maxWaitDuration(Duration.ZERO)
                .writableStackTraceEnabled(false)
                .build();
    }

    Retry retry(String dependency, RetryPolicy policy) {
        RetryConfig config = RetryConfig.custom()
                .maxAttempts(policy.attempts())
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(
                        policy.backoff(), policy.multiplier(), policy.jitter()))
                .retryOnException(failure -> isWorthRepeating(dependency, failure))
                .build();
        return Retry.of(dependency, config);
    }

    /** Whether the dependency itself was asked and gave no answer; all else would end the same way again. */
    static boolean isWorthRepeating(String dependency, Throwable failure) {
        return failure instanceof DependencyUnavailableException unavailable
                && unavailable.dependency().equals(dependency)
                && (unavailable.reason() == Reason.FAILED || unavailable.reason() == Reason.TIMEOUT);
    }

    Bulkhead sharedBulkhead(String dependency, BulkheadPolicy policy) {
        return bulkheads.bulkhead(dependency, bulkhead(policy));
    }
}
