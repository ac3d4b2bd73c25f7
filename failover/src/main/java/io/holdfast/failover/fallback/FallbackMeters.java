package io.holdfast.failover.fallback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what callers got in the place of a dependency's answer, by dependency and mode. */
public final class FallbackMeters {

    private static final String FAILED = "failed";

    private final MeterRegistry meters;

    public FallbackMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts a caller who got nothing in its place: he was told 503, and when to come again. */
    public void failed(String dependency) {
        of(dependency, FAILED).increment();
    }

    Counter of(String dependency, String mode) {
        return Counter.builder("holdfast.fallbacks")
                .description("Answers in the place of a dependency's")
                .tag("dependency", dependency)
                .tag("mode", mode)
                .register(meters);
    }
}
