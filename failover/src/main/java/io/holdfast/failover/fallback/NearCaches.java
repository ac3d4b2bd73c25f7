package io.holdfast.failover.fallback;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.holdfast.failover.policy.FailoverPolicy;

/** Makes the near caches of a service. */
public final class NearCaches {

    private final Supplier<FailoverPolicy> policy;
    private final Predicate<String> inDoubt;
    private final FallbackMeters meters;
    private final InstantSource clock;
    private final int entries;

    /**
     * Near caches that obey a policy.
     *
     * @param policy the one in force, asked each time
     * @param inDoubt whether a dependency has been failing, so that calls to it are trials
     * @param entries how many entities each cache holds at most
     */
    public NearCaches(
            Supplier<FailoverPolicy> policy,
            Predicate<String> inDoubt,
            FallbackMeters meters,
            InstantSource clock,
            int entries) {
        this.policy = policy;
        this.inDoubt = inDoubt;
        this.meters = meters;
        this.clock = clock;
        this.entries = entries;
    }

    /**
     * A cache of entities that one dependency keeps.
     *
     * @param states of an entity, the earlier before the later one
     */
    public <K, V> NearCache<K, V> of(String dependency, Comparator<V> states) {
        return new NearCache<>(
                dependency,
                () -> policy.get().of(dependency),
                () -> inDoubt.test(dependency),
                states,
                entries,
                clock,
                meters.of(dependency, Degradation.CACHED));
    }
}
