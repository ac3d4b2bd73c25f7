package io.holdfast.failover.fallback;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;

import io.holdfast.failover.deadline.Deadline;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.failover.policy.DependencyPolicy;
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

    private static final Duration MARGIN = Duration.ofMillis(50);
    private static final Duration TRIAL = Duration.ofMillis(20);

    private final Cache<K, Known<V>> known;
    private final String dependency;
    private final Supplier<DependencyPolicy> policy;
    private final BooleanSupplier inDoubt;
    private final Comparator<V> states;
    private final InstantSource clock;
    private final Counter used;

    NearCache(
            String dependency,
            Supplier<DependencyPolicy> policy,
            BooleanSupplier inDoubt,
            Comparator<V> states,
            int entries,
            InstantSource clock,
            Counter used) {
        this.known = Caffeine.newBuilder().maximumSize(entries).build();
        this.dependency = dependency;
        this.policy = policy;
        this.inDoubt = inDoubt;
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
        try {
            if (!covers(key)) {
                return asked(key, asking);
            }
            return inDoubt.getAsBoolean() ? tried(key, asking) : patientlyAsked(key, asking);
        } catch (DependencyUnavailableException away) {
            return Optional.of(inItsPlace(key, away));
        }
    }

    private Optional<V> asked(K key, Supplier<Optional<V>> asking) {
        Optional<V> found = asking.get();
        found.ifPresentOrElse(entity -> keep(key, entity), () -> known.invalidate(key));
        return found;
    }

    /** Takes note of what the dependency has now, as a write leaves it. */
    public void keep(K key, V entity) {
        known.asMap().merge(key, new Known<>(entity, clock.instant()), this::later);
    }

    /** The entity as it was last read or written, whatever it is by now. Asks nobody, and counts as no fallback. */
    public Optional<V> lastKnown(K key) {
        return Optional.ofNullable(known.getIfPresent(key)).map(Known::entity);
    }

    /** Forgets this entity, unless another has been learnt since: it was proven that the dependency does not have it. */
    public void forget(K key, V entity) {
        known.asMap().computeIfPresent(key, (one, last) -> last.entity.equals(entity) ? null : last);
    }

    /** Forgets every entity: the dependency has others in their place, which need not be later ones. */
    public void forgetAll() {
        known.invalidateAll();
    }

    /** How many entities are known. */
    long entries() {
        known.cleanUp();
        return known.estimatedSize();
    }

    private boolean covers(K key) {
        return policy.get().fallback() == Fallback.CACHED && known.asMap().containsKey(key);
    }

    /**
     * Where there is something to show instead, nobody waits for more than one attempt to time out. A little more than its
     * timeout, so that it is still the timeout that ends the attempt, and the breaker learns of it.
     */
    private Optional<V> patientlyAsked(K key, Supplier<Optional<V>> asking) {
        try {
            return Deadline.within(policy.get().timeout().plus(MARGIN), () -> asked(key, asking));
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Of a dependency that has been failing nobody waits for the trial whether it is back: it goes on by itself, and the
     * breaker learns of its end.
     */
    private Optional<V> tried(K key, Supplier<Optional<V>> asking) {
        try {
            return Unwaited.within(TRIAL, "trial", () -> asked(key, asking))
                    .orElseThrow(() -> new DependencyUnavailableException(dependency, Reason.TIMEOUT, TRIAL, null));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new DependencyUnavailableException(dependency, Reason.FAILED, TRIAL, stop);
        }
    }

    private V inItsPlace(K key, DependencyUnavailableException away) {
        if (!away.dependency().equals(dependency) || policy.get().fallback() != Fallback.CACHED) {
            throw away;
        }
        Known<V> last = known.getIfPresent(key);
        if (last == null) {
            throw away;
        }
        used.increment();
        Degradation.tell(new Degradation(dependency, Degradation.CACHED, Duration.between(last.at, clock.instant())));
        return last.entity;
    }

    /** A read that was under way while the entity was written must not take the write back. */
    private Known<V> later(Known<V> before, Known<V> now) {
        return states.compare(before.entity, now.entity) > 0 ? before : now;
    }
}
