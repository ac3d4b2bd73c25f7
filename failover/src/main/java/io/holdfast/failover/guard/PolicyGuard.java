package io.holdfast.failover.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.github.resilience4j.retry.Retry;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.failover.deadline.Deadline;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.failover.guard.GuardMeters.Outcome;
import io.holdfast.failover.policy.CircuitBreakerPolicy;
import io.holdfast.failover.policy.DependencyPolicy;

/** The guard of one dependency. Lives as long as the process; {@link #follow} changes what it does. */
final class PolicyGuard implements Guard {

    private static final Logger log = LoggerFactory.getLogger(Guard.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final String dependency;
    private final Mechanisms mechanisms;
    private final Supplier<org.springframework.cloud.client.circuitbreaker.CircuitBreaker> edges;
    private final Bulkhead bulkhead;
    private final GuardMeters meters;
    private final RetryBudget budget = new RetryBudget();
    private volatile DependencyPolicy policy;
    private volatile CircuitBreaker breaker;
    private volatile Retry retry;
    private volatile org.springframework.cloud.client.circuitbreaker.CircuitBreaker edge;
    private volatile @Nullable Instant openSince;

    PolicyGuard(
            String dependency,
            DependencyPolicy policy,
            Mechanisms mechanisms,
            Supplier<org.springframework.cloud.client.circuitbreaker.CircuitBreaker> edges,
            MeterRegistry meters) {
        this.dependency = dependency;
        this.policy = policy;
        this.mechanisms = mechanisms;
        this.edges = edges;
        this.breaker = newBreaker(policy.circuitBreaker());
        mechanisms.put(breaker);
        mechanisms.put(mechanisms.timeLimiter(dependency, policy.timeout()));
        this.retry = mechanisms.retry(dependency, policy.retry());
        this.bulkhead = mechanisms.sharedBulkhead(dependency, policy.bulkhead());
        this.edge = edges.get();
        this.meters = new GuardMeters(meters, dependency, () -> GuardMeters.number(breaker.getState()));
    }

    @Override
    public <T extends @Nullable Object> T once(Callable<T> call) {
        long began = System.nanoTime();
        if (Deadline.isWithin(Duration.ZERO)) {
            ended(Outcome.EXPIRED, began);
            throw expired(null);
        }
        T answer = edge.run(unchecked(() -> Deadline.within(policy.timeout(), call)), failure -> {
            Throwable thrown = translated(failure);
            ended(outcome(thrown), began);
            throw PolicyGuard.<RuntimeException>asThrown(thrown);
        });
        ended(Outcome.SUCCESS, began);
        return answer;
    }

    @Override
    public <T extends @Nullable Object> T repeatable(Callable<T> call) {
        budget.earn();
        Retry current = retry;
        AtomicInteger attempts = new AtomicInteger();
        try {
            return current.executeSupplier(() -> {
                if (attempts.getAndIncrement() > 0) {
                    meters.retried();
                }
                return attempt(call, attempts.get() == current.getRetryConfig().getMaxAttempts());
            });
        } catch (GivenUpException givenUp) {
            throw givenUp.failure();
        }
    }

    /** Stops the retry where a further attempt would come too late or is more than the budget has. */
    private <T extends @Nullable Object> T attempt(Callable<T> call, boolean last) {
        try {
            return once(call);
        } catch (DependencyUnavailableException away) {
            if (!last
                    && Mechanisms.isWorthRepeating(dependency, away)
                    && (Deadline.isWithin(policy.retry().backoff()) || !budget.spend())) {
                meters.retryRefused();
                throw new GivenUpException(away);
            }
            throw away;
        }
    }

    private void ended(Outcome outcome, long began) {
        meters.ended(outcome, Duration.ofNanos(System.nanoTime() - began));
    }

    /** What is thrown to the caller tells how the call ended; what is neither of ours nor an error is an answer. */
    private Outcome outcome(Throwable thrown) {
        if (thrown instanceof DependencyUnavailableException unavailable) {
            if (!unavailable.dependency().equals(dependency)) {
                return Outcome.FAILURE;
            }
            return switch (unavailable.reason()) {
                case TIMEOUT -> Outcome.TIMEOUT;
                case OPEN -> Outcome.OPEN;
                case FULL -> Outcome.FULL;
                case EXPIRED -> Outcome.EXPIRED;
                case FAILED, PAUSED -> Outcome.FAILURE;
            };
        }
        return thrown instanceof Error ? Outcome.FAILURE : Outcome.SUCCESS;
    }

    private Throwable translated(Throwable failure) {
        if (failure instanceof DependencyUnavailableException || failure instanceof Error) {
            return failure;
        }
        if (failure instanceof CallNotPermittedException) {
            return new DependencyUnavailableException(dependency, Reason.OPEN, untilHalfOpen(), null);
        }
        if (failure instanceof BulkheadFullException) {
            return new DependencyUnavailableException(dependency, Reason.FULL, SOON, null);
        }
        if (failure instanceof TimeoutException) {
            return new DependencyUnavailableException(dependency, Reason.TIMEOUT, SOON, failure);
        }
        if (failure instanceof DeadlinePassedException) {
            return expired(failure);
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return mechanisms.answers().test(failure)
                ? failure
                : new DependencyUnavailableException(dependency, Reason.FAILED, SOON, failure);
    }

    private DependencyUnavailableException expired(@Nullable Throwable cause) {
        return new DependencyUnavailableException(dependency, Reason.EXPIRED, SOON, cause);
    }

    private Duration untilHalfOpen() {
        Instant since = openSince;
        if (since == null) {
            return SOON;
        }
        Duration left = Duration.between(
                mechanisms.clock().instant(), since.plus(policy.circuitBreaker().openFor()));
        return left.compareTo(SOON) < 0 ? SOON : left;
    }

    /** Takes over changed settings. What did not change keeps its counters; calls under way end as they began. */
    synchronized void follow(DependencyPolicy changed) {
        DependencyPolicy before = policy;
        if (before.equals(changed)) {
            return;
        }
        if (!before.timeout().equals(changed.timeout())) {
            mechanisms.put(mechanisms.timeLimiter(dependency, changed.timeout()));
        }
        if (!before.bulkhead().equals(changed.bulkhead())) {
            bulkhead.changeConfig(mechanisms.bulkhead(changed.bulkhead()));
        }
        if (!before.retry().equals(changed.retry())) {
            retry = mechanisms.retry(dependency, changed.retry());
        }
        if (!before.circuitBreaker().equals(changed.circuitBreaker())) {
            replaceBreaker(changed.circuitBreaker());
        }
        edge = edges.get();
        policy = changed;
        log.info("guard changed dependency={} from={} to={}", dependency, before, changed);
    }

    private void replaceBreaker(CircuitBreakerPolicy changed) {
        State state = breaker.getState();
        Instant since = openSince;
        CircuitBreaker next = mechanisms.breaker(dependency, changed);
        if (!changed.enabled()) {
            next.transitionToDisabledState();
            openSince = null;
        } else if (state == State.OPEN && since != null) {
            Duration left = Duration.between(mechanisms.clock().instant(), since.plus(changed.openFor()));
            next.transitionToOpenStateFor(left.isPositive() ? left : Duration.ofMillis(1));
        } else if (state == State.HALF_OPEN) {
            next.transitionToOpenState();
            next.transitionToHalfOpenState();
        }
        next.getEventPublisher().onStateTransition(this::moved);
        mechanisms.put(next);
        breaker = next;
    }

    private CircuitBreaker newBreaker(CircuitBreakerPolicy settings) {
        CircuitBreaker created = mechanisms.breaker(dependency, settings);
        if (!settings.enabled()) {
            created.transitionToDisabledState();
        }
        created.getEventPublisher().onStateTransition(this::moved);
        return created;
    }

    private void moved(CircuitBreakerOnStateTransitionEvent event) {
        State to = event.getStateTransition().getToState();
        openSince = to == State.OPEN ? mechanisms.clock().instant() : null;
        log.info(
                "guard moved dependency={} from={} to={}",
                dependency,
                event.getStateTransition().getFromState(),
                to);
    }

    boolean isInDoubt() {
        return GuardMeters.number(breaker.getState()) > 0;
    }

    GuardView view() {
        CircuitBreaker.Metrics counts = breaker.getMetrics();
        return new GuardView(
                dependency,
                breaker.getState().name(),
                openSince,
                counts.getNumberOfBufferedCalls(),
                counts.getNumberOfFailedCalls(),
                counts.getNumberOfSlowCalls(),
                bulkhead.getMetrics().getMaxAllowedConcurrentCalls()
                        - bulkhead.getMetrics().getAvailableConcurrentCalls(),
                policy);
    }

    private static <T extends @Nullable Object> Supplier<T> unchecked(Callable<T> call) {
        return () -> {
            try {
                return call.call();
            } catch (Exception e) {
                throw PolicyGuard.<RuntimeException>asThrown(e);
            }
        };
    }

    /** Lets a checked exception pass where the signature has none: a call may throw what it likes, and answers keep their type. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E asThrown(Throwable failure) throws E {
        throw (E) failure;
    }
}
