package io.holdfast.failover.guard;

/** All guards of this process, one a dependency. */
public interface Guards {

    /**
     * The guard of a dependency. The same name gives the same guard for the life of the process; what it does follows the
     * policy in force.
     *
     * @param dependency the name used in {@code failover.dependencies}; one the policy does not name gets its preset
     */
    Guard of(String dependency);
}
