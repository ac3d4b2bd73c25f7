package io.holdfast.system;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** How long many calls took. */
public final class Percentiles {

    private final List<Duration> sorted;

    private Percentiles(List<Duration> sorted) {
        this.sorted = sorted;
    }

    public static Percentiles of(Collection<Duration> times) {
        return new Percentiles(times.stream().sorted().toList());
    }

    /**
     * The time that so many percent of the calls did not exceed.
     *
     * @throws IllegalStateException without a call
     */
    public Duration at(int percent) {
        if (sorted.isEmpty()) {
            throw new IllegalStateException("no call");
        }
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    @Override
    public String toString() {
        return sorted.isEmpty()
                ? "none"
                : "%d: p50 %d ms, p95 %d ms, p99 %d ms, longest %d ms"
                        .formatted(
                                sorted.size(),
                                at(50).toMillis(),
                                at(95).toMillis(),
                                at(99).toMillis(),
                                at(100).toMillis());
    }
}
