package io.holdfast.failover.fallback;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.policy.Fallback;

/**
 * Entities of one dependency as they were last known, for the time it gives no answer. It is asked each time; only when
 * there is no answer, and the policy in force says {@code fallback: cached}, the last known one takes its place and the
 * answer says so. What was never seen is not answered at all: absence is never concluded from a cache.
 *
 * <p>Keep entities and not answers, so that each reader's right to see them is checked by their owner, each time.
 */
public final class NearCache<K, V> {

    private record Known<V>(V entity, Instant at) {}

    private final Cache<K, Known<V>> known;
    private final String dependency;
    private final Supplier<Fallback> fallback;
    private final Comparator<V> states;
    private final InstantSource clock;
    private final Counter used;

    NearCache(
            String dependency,
            Supplier<Fallback> fallback,
            Comparator<V> states,
            int entries,
            InstantSource clock,
            Counter used) {
        this.known = Caffeine.newBuilder().maximumSize(entries).build();
        this.dependency = dependency;
        this.fallback = fallback;
        this.states = states;
        this.clock = clock;
        this.used = used;
    }

    /**
     * The entity as the dependency has it, or else as it was last known.
     *
     * @param asking asks the dependency; empty means that there is no such entity
     * @throws DependencyUnavailableException when there is no answer and nothing known to take its place
     */
    public Optional<V> find(K key, Supplier<Optional<V>> asking) {
        Optional<V> found;
        try {
            found = asking.get();
        } catch (DependencyUnavailableException away) {
            return Optional.of(lastKnown(key, away));
        }
        found.ifPresentOrElse(entity -> keep(key, entity), () -> known.invalidate(key));
        return found;
    }

    /** Takes note of what the dependency has now, as a write leaves it. */
    public void keep(K key, V entity) {
        known.asMap().merge(key, new Known<>(entity, clock.instant()), this::later);
    }

    /** How many entities are known. */
    long entries() {
        known.cleanUp();
        return known.estimatedSize();
    }

    private V lastKnown(K key, DependencyUnavailableException away) {
        if (!away.dependency().equals(dependency) || fallback.get() != Fallback.CACHED) {
            throw away;
        }
        Known<V> last = known.getIfPresent(key);
        if (last == null) {
            throw away;
        }
        used.increment();
        Degradation.tell(new Degradation(dependency, "cached", Duration.between(last.at, clock.instant())));
        return last.entity;
    }

    /** A read that was under way while the entity was written must not take the write back. */
    private Known<V> later(Known<V> before, Known<V> now) {
        return states.compare(before.entity, now.entity) > 0 ? before : now;
    }
}
