package io.holdfast.failover.routing;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** One after the other in the caller's own zone, or everywhere when nobody is there. */
final class SameZone implements Strategy {

    private final @Nullable String own;
    private final Strategy among;

    /** @param own the caller's zone; null when it has none */
    SameZone(@Nullable String own, Strategy among) {
        this.own = own;
        this.among = among;
    }

    @Override
    public Member choose(List<Member> candidates, @Nullable String key) {
        List<Member> near = new ArrayList<>(candidates.size());
        for (Member member : candidates) {
            if (own != null && own.equals(member.zone())) {
                near.add(member);
            }
        }
        return among.choose(near.isEmpty() ? candidates : near, key);
    }
}
