package io.holdfast.failover.routing;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** All calls to the first in an order that every caller sees alike; the others stand by in that order. */
final class OneActive implements Strategy {

    private final Remembered<Member> first;

    private OneActive(Comparator<Member> order) {
        this.first = new Remembered<>(candidates -> Collections.min(candidates, order));
    }

    /** Active is the first by id: one that comes back takes its place again. */
    static OneActive byId() {
        return new OneActive(Comparator.comparing(Member::id));
    }

    /** Active is who runs longest, of two the first by id: one that was started again stands by. */
    static OneActive byAge() {
        return new OneActive(Comparator.comparingLong(Member::started).thenComparing(Member::id));
    }

    @Override
    public Member choose(List<Member> candidates, @Nullable String key) {
        return first.of(candidates);
    }

    @Override
    public boolean hasRoles() {
        return true;
    }
}
