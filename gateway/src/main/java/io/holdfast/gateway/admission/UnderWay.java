package io.holdfast.gateway.admission;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.holdfast.failover.policy.ConcurrencyPolicy;

/** The requests of one route that are under way, and how many there may be. They are counted also while nothing limits them. */
final class UnderWay {

    /**
     * A request that was let in.
     *
     * @param began when, on the clock
     * @param last whether there was no other beside it
     */
    record Place(long began, boolean last) {}

    private final AtomicInteger count = new AtomicInteger();
    private final LongSupplier nanos;
    private volatile @Nullable LearnedLimit learned;

    /** @param nanos a clock that only goes forward */
    UnderWay(LongSupplier nanos) {
        this.nanos = nanos;
    }

    int count() {
        return count.get();
    }

    /** How many there may be; empty while nothing limits them. */
    OptionalInt limit(ConcurrencyPolicy policy) {
        return policy.enabled() ? OptionalInt.of(following(policy).now()) : OptionalInt.empty();
    }

    boolean isFull(ConcurrencyPolicy policy) {
        if (!policy.enabled()) {
            return false;
        }
        LearnedLimit limit = following(policy);
        boolean full = count.get() >= limit.now();
        if (full) {
            limit.reached(nanos.getAsLong());
        }
        return full;
    }

    /** Begins a request; null when there are as many as there may be. */
    @Nullable
    Place enter(ConcurrencyPolicy policy) {
        long began = nanos.getAsLong();
        LearnedLimit limit = policy.enabled() ? following(policy) : null;
        int most = limit == null ? Integer.MAX_VALUE : limit.now();
        int before = count.getAndUpdate(now -> now < most ? now + 1 : now);
        boolean last = before + 1 >= most;
        if (limit != null && last) {
            limit.reached(began);
        }
        return before < most ? new Place(began, last) : null;
    }

    /**
     * Ends a request.
     *
     * @param telling whether the time it took says something about load; that of a failure does not
     */
    void leave(Place place, boolean telling) {
        count.decrementAndGet();
        LearnedLimit limit = learned;
        if (telling && limit != null) {
            limit.learn(place.began(), nanos.getAsLong() - place.began(), place.last());
        }
    }

    private LearnedLimit following(ConcurrencyPolicy policy) {
        LearnedLimit limit = learned;
        return limit != null && limit.bounds().equals(policy) && !limit.isLeftOver(nanos.getAsLong())
                ? limit
                : replace(policy);
    }

    private synchronized LearnedLimit replace(ConcurrencyPolicy policy) {
        LearnedLimit limit = learned;
        if (limit == null) {
            limit = new LearnedLimit(policy);
        } else if (!limit.bounds().equals(policy)) {
            limit = limit.within(policy);
        } else if (limit.isLeftOver(nanos.getAsLong())) {
            limit = limit.afresh();
        }
        learned = limit;
        return limit;
    }
}
