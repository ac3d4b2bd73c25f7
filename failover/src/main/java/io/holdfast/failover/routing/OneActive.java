package io.holdfast.failover.routing;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** All calls to the first in an order that every caller sees alike; the others stand by in that order. */
enum OneActive implements Strategy {

    /** Active is the first by id: one that comes back takes its place again. */
    BY_ID {
        @Override
        public Member choose(List<Member> candidates, @Nullable String key) {
            return candidates.getFirst();
        }
    },

    /** Active is who runs longest, of two the first by id: one that was started again stands by. */
    BY_AGE {
        @Override
        public Member choose(List<Member> candidates, @Nullable String key) {
            Member oldest = candidates.getFirst();
            for (Member member : candidates) {
                if (member.started() < oldest.started()) {
                    oldest = member;
                }
            }
            return oldest;
        }
    };

    @Override
    public boolean hasRoles() {
        return true;
    }
}
