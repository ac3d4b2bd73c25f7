package io.holdfast.failover.routing;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What was made of the latest list of candidates. As long as none is ejected and the registry says the same, each choice
 * has the very same list.
 */
final class Remembered<T> {

    private record Latest<T>(List<Member> candidates, T made) {}

    private final Function<List<Member>, T> maker;
    private volatile @Nullable Latest<T> latest;

    Remembered(Function<List<Member>, T> maker) {
        this.maker = maker;
    }

    @SuppressWarnings("ReferenceEquality") // an equal list would have to be looked at as a whole to know
    T of(List<Member> candidates) {
        Latest<T> known = latest;
        if (known != null && known.candidates() == candidates) {
            return known.made();
        }
        T made = maker.apply(candidates);
        latest = new Latest<>(candidates, made);
        return made;
    }
}
