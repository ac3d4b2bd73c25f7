package io.holdfast.failover.routing;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * One after the other. Begins anywhere, so that callers that start together do not go round in step. An instance that has more than
 * its share of calls under way is passed over: it is slow, because it hangs or has just started.
 */
final class RoundRobin implements Strategy {

    private final BoundedLoad load = BoundedLoad.usual();
    private final AtomicInteger next =
            new AtomicInteger(ThreadLocalRandom.current().nextInt());

    @Override
    public Member choose(List<Member> candidates, @Nullable String key) {
        int turn = next.getAndIncrement();
        double most = load.most(candidates);
        for (int i = 0; i < candidates.size(); i++) {
            Member member = at(turn + i, candidates);
            if (BoundedLoad.takesOneMore(member, most)) {
                return member;
            }
        }
        return at(turn, candidates);
    }

    private static Member at(int turn, List<Member> candidates) {
        return candidates.get(Math.floorMod(turn, candidates.size()));
    }
}
