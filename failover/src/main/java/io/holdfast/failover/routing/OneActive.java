package io.holdfast.failover.routing;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** All calls to the first in an order that every caller sees alike; the others stand by in that order. */
final class OneActive implements Strategy {

    private final Comparator<Member> order;

    private OneActive(Comparator<Member> order) {
        this.order = order;
    }

    /** Active is the first by id: one that comes back takes its place again. */
    static OneActive byId() {
        return new OneActive(Comparator.comparing(Member::id));
    }

    /** Active is who runs longest: one that was started again stands by. */
    static OneActive byAge() {
        return new OneActive(Comparator.comparingLong(Member::started).thenComparing(Member::id));
    }

    @Override
    public Member choose(List<Member> candidates, @Nullable String key) {
        Member first = candidates.getFirst();
        for (int i = 1; i < candidates.size(); i++) {
            if (order.compare(candidates.get(i), first) < 0) {
                first = candidates.get(i);
            }
        }
        return first;
    }

    @Override
    public boolean hasRoles() {
        return true;
    }
}
