package io.holdfast.failover.routing;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** How one instance is chosen among those that may be asked. */
interface Strategy {

    /**
     * Chooses.
     *
     * @param candidates at least one, by id
     * @param key what keeps calls together; null when the caller named none
     */
    Member choose(List<Member> candidates, @Nullable String key);

    /** Whether one instance is active and the others stand by. */
    default boolean hasRoles() {
        return false;
    }
}
