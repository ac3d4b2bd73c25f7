package io.holdfast.gateway.admission;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What was refused of one route, by reason. All counters are there from the start, at zero. */
final class AdmissionMeters {

    private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);

    AdmissionMeters(MeterRegistry meters, String route) {
        for (Reason reason : Reason.values()) {
            refused.put(
                    reason,
                    Counter.builder("holdfast.admission.refused")
                            .description("Requests that were answered 429 at the door")
                            .tag("route", route)
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    void refused(Reason reason) {
        Objects.requireNonNull(refused.get(reason)).increment();
    }

    /** For whatever reason. */
    long allRefused() {
        return (long) refused.values().stream().mapToDouble(Counter::count).sum();
    }
}
