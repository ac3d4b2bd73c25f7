package io.holdfast.failover.routing;

import java.util.List;

/**
 * How many calls an instance may have under way: a factor times the average, rounded up (Mirrokni, Thorup and Zadimoghaddam,
 * "Consistent hashing with bounded loads", 2018). Calls are those of this process, and the bound is not exact between choices at
 * the same instant.
 */
record BoundedLoad(double factor) {

    static final double FACTOR = 1.25;

    static BoundedLoad usual() {
        return new BoundedLoad(FACTOR);
    }

    /** The bound while one more call is being placed. */
    double most(List<Member> candidates) {
        int underWay = 1;
        for (int i = 0; i < candidates.size(); i++) {
            underWay += candidates.get(i).standing().inFlight();
        }
        return Math.ceil(factor * underWay / candidates.size());
    }

    static boolean takesOneMore(Member member, double most) {
        return member.standing().inFlight() < most;
    }
}
