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
     * @param number how many were under way then, itself included
     */
    record Place(long began, int number) {}

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
        return policy.enabled() && count.get() >= following(policy).now();
    }

    /** Begins a request; null when there are as many as there may be. */
    @Nullable
    Place enter(ConcurrencyPolicy policy) {
        int limit = limit(policy).orElse(Integer.MAX_VALUE);
        int before = count.getAndUpdate(now -> now < limit ? now + 1 : now);
        return before < limit ? new Place(nanos.getAsLong(), before + 1) : null;
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
            limit.learn(place.began(), nanos.getAsLong() - place.began(), place.number());
        }
    }

    private LearnedLimit following(ConcurrencyPolicy policy) {
        LearnedLimit limit = learned;
        return limit != null && limit.bounds().equals(policy) && !limit.isOutlived(nanos.getAsLong())
                ? limit
                : replace(policy);
    }

    private synchronized LearnedLimit replace(ConcurrencyPolicy policy) {
        LearnedLimit limit = learned;
        if (limit == null) {
            limit = new LearnedLimit(policy);
        } else if (!limit.bounds().equals(policy)) {
            limit = limit.within(policy);
        } else if (limit.isOutlived(nanos.getAsLong())) {
            limit = limit.afresh();
        }
        learned = limit;
        return limit;
    }
}
