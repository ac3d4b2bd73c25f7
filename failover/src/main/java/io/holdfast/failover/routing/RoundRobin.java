package io.holdfast.failover.routing;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/** One after the other. Begins anywhere, so that callers that start together do not go round in step. */
final class RoundRobin implements Strategy {

    private final AtomicInteger next =
            new AtomicInteger(ThreadLocalRandom.current().nextInt());

    @Override
    public Member choose(List<Member> candidates, @Nullable String key) {
        return candidates.get(Math.floorMod(next.getAndIncrement(), candidates.size()));
    }
}
