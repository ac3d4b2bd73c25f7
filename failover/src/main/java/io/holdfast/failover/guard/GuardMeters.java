package io.holdfast.failover.guard;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * What is counted of one dependency. The meters belong to the dependency and not to the mechanisms of its guard, which a
 * changed policy replaces: they are neither doubled nor lost by it. All of them are there from the first call on, at
 * zero, so that a rate sees the first event too.
 */
final class GuardMeters {

    /** How a guarded call ended. */
    enum Outcome {
        /** The dependency answered, if only with a refusal of what it was asked. */
        SUCCESS,
        /** It failed. */
        FAILURE,
        /** It did not answer in time. */
        TIMEOUT,
        /** It was not asked: the breaker is open. */
        OPEN,
        /** It was not asked: the bulkhead is full. */
        FULL,
        /** It was not asked, or not waited for to the end: the deadline of the request has passed. */
        EXPIRED
    }

    private final Map<Outcome, Timer> calls = new EnumMap<>(Outcome.class);
    private final Counter retries;
    private final Counter refusedRetries;

    /**
     * Registers the meters.
     *
     * @param state of the breaker as {@link #number} tells it, asked whenever the meters are read
     */
    GuardMeters(MeterRegistry meters, String dependency, IntSupplier state) {
        for (Outcome outcome : Outcome.values()) {
            calls.put(
                    outcome,
                    Timer.builder("holdfast.guard.calls")
                            .description("Calls of a dependency through its guard, each attempt on its own")
                            .tag("dependency", dependency)
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
        retries = Counter.builder("holdfast.guard.retries")
                .description("Attempts after the first one")
                .tag("dependency", dependency)
                .register(meters);
        refusedRetries = Counter.builder("holdfast.guard.retries.refused")
                .description("Attempts that were not made: no time left, or more than a tenth of the calls")
                .tag("dependency", dependency)
                .register(meters);
        Gauge.builder("holdfast.guard.breaker.state", state::getAsInt)
                .description("0 closed or switched off, 1 half open, 2 open")
                .tag("dependency", dependency)
                .register(meters);
    }

    void ended(Outcome outcome, Duration took) {
        Timer timer = calls.get(outcome);
        if (timer != null) {
            timer.record(took);
        }
    }

    void retried() {
        retries.increment();
    }

    void retryRefused() {
        refusedRetries.increment();
    }

    /** A breaker's state in the order of its trouble. */
    static int number(State state) {
        return switch (state) {
            case CLOSED, DISABLED, METRICS_ONLY -> 0;
            case HALF_OPEN -> 1;
            case OPEN, FORCED_OPEN -> 2;
        };
    }
}
