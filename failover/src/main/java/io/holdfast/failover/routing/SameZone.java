package io.holdfast.failover.routing;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** One after the other in the caller's own zone, or everywhere when nobody is there. */
final class SameZone implements Strategy {

    private final Remembered<List<Member>> near;
    private final Strategy among;

    /** @param own the caller's zone; null when it has none */
    SameZone(@Nullable String own, Strategy among) {
        this.near = new Remembered<>(candidates -> nearest(candidates, own));
        this.among = among;
    }

    private static List<Member> nearest(List<Member> candidates, @Nullable String own) {
        List<Member> near = candidates.stream()
                .filter(member -> own != null && own.equals(member.zone()))
                .toList();
        return near.isEmpty() ? candidates : near;
    }

    @Override
    public Member choose(List<Member> candidates, @Nullable String key) {
        return among.choose(near.of(candidates), key);
    }
}
