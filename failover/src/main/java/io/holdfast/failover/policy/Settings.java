package io.holdfast.failover.policy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every key of a dependency with the values it takes, and the tolerance; {@link AdmissionSettings} has the others. */
final class Settings {

    static final Values<Tolerance> TOLERANCE = Values.oneOf(
            Map.of(
                    "none", Tolerance.NONE,
                    "high-availability", Tolerance.HIGH_AVAILABILITY,
                    "fault-tolerant", Tolerance.FAULT_TOLERANT),
            Set.of());

    static final Setting<Duration> TIMEOUT = new Setting<>("timeout", Values.duration("10ms", "5m"));

    static final Setting<Integer> ATTEMPTS = new Setting<>("retry.attempts", Values.integer(1, 10));
    static final Setting<Duration> BACKOFF = new Setting<>("retry.backoff", Values.duration("1ms", "1m"));
    static final Setting<Double> MULTIPLIER = new Setting<>("retry.multiplier", Values.number(1, 10));
    static final Setting<Double> JITTER = new Setting<>("retry.jitter", Values.number(0, 0.99));

    static final Setting<Boolean> ENABLED = new Setting<>(
            "circuit-breaker.enabled", Values.oneOf(Map.of("true", Boolean.TRUE, "false", Boolean.FALSE), Set.of()));
    static final Setting<Float> FAILURE_RATE = new Setting<>("circuit-breaker.failure-rate", Values.percentage(1, 100));
    static final Setting<Duration> SLOW_CALL = new Setting<>("circuit-breaker.slow-call", Values.duration("1ms", "5m"));
    static final Setting<Float> SLOW_CALL_RATE =
            new Setting<>("circuit-breaker.slow-call-rate", Values.percentage(1, 100));
    static final Setting<Integer> WINDOW = new Setting<>("circuit-breaker.window", Values.integer(1, 1_000));
    static final Setting<Integer> MINIMUM_CALLS =
            new Setting<>("circuit-breaker.minimum-calls", Values.integer(1, 1_000));
    static final Setting<Duration> OPEN_FOR =
            new Setting<>("circuit-breaker.open-for", Values.duration("100ms", "10m"));
    static final Setting<Integer> HALF_OPEN_CALLS =
            new Setting<>("circuit-breaker.half-open-calls", Values.integer(1, 100));

    static final Setting<Integer> CONCURRENT_CALLS =
            new Setting<>("bulkhead.concurrent-calls", Values.integer(1, 10_000));

    static final Setting<Routing> ROUTING = new Setting<>(
            "routing",
            Values.oneOf(
                    Arrays.stream(Routing.values()).collect(Collectors.toMap(Routing::label, routing -> routing)),
                    Set.of()));
    static final Setting<Fallback> FALLBACK = new Setting<>(
            "fallback",
            Values.oneOf(Map.of("fail", Fallback.FAIL, "cached", Fallback.CACHED, "queue", Fallback.QUEUE), Set.of()));

    private static final List<Setting<?>> ALL = List.of(
            TIMEOUT,
            ATTEMPTS,
            BACKOFF,
            MULTIPLIER,
            JITTER,
            ENABLED,
            FAILURE_RATE,
            SLOW_CALL,
            SLOW_CALL_RATE,
            WINDOW,
            MINIMUM_CALLS,
            OPEN_FOR,
            HALF_OPEN_CALLS,
            CONCURRENT_CALLS,
            ROUTING,
            FALLBACK);

    static final Map<String, Setting<?>> BY_KEY =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Setting::key, setting -> setting));

    /** All keys below a dependency, in the order of the documentation. */
    static final String KEYS = ALL.stream().map(Setting::key).collect(Collectors.joining(", "));

    private Settings() {}
}
