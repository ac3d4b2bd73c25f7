package io.holdfast.failover.live;

import java.util.List;
import java.util.function.BooleanSupplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/** What is counted of the policy: which version is in force, whether a save was refused, and how often. */
final class PolicyMeters {

    /** Enough of a commit id to tell two apart; the whole is at {@code /actuator/failover}. */
    private static final int SHOWN = 10;

    private final MultiGauge version;
    private final Counter refusals;

    PolicyMeters(MeterRegistry meters, BooleanSupplier refused) {
        version = MultiGauge.builder("holdfast.policy.version")
                .description("Always 1; its label is the version in force")
                .register(meters);
        refusals = Counter.builder("holdfast.policy.refusals")
                .description("Policies that were refused, here or at config-service")
                .register(meters);
        Gauge.builder("holdfast.policy.refused", () -> refused.getAsBoolean() ? 1 : 0)
                .description("1 while the last save is refused")
                .register(meters);
        taken(null);
    }

    /** Shows this version and no longer the one before. */
    void taken(@Nullable String taken) {
        String shown = taken == null ? "none" : taken.substring(0, Math.min(SHOWN, taken.length()));
        version.register(List.of(Row.of(Tags.of("version", shown), 1)), true);
    }

    void refused() {
        refusals.increment();
    }
}
