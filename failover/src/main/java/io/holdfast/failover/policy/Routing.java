package io.holdfast.failover.policy;

/** Which instance of a dependency is asked. Each is explained in {@code docs/routing.md}. */
public enum Routing {
    /** One after the other. */
    ROUND_ROBIN("round-robin"),
    /** One after the other among those of the caller's zone; the others when none of it is healthy. */
    ZONE("zone"),
    /** The same user goes to the same instance, as long as it is not much busier than the others. */
    CONSISTENT_HASH("consistent-hash"),
    /** All calls go to the first healthy one by id, also when it comes back after a loss. */
    ACTIVE_PASSIVE("active-passive"),
    /** All calls go to the healthy one that runs longest; the others are kept warm. */
    HOT_STANDBY("hot-standby");

    private final String label;

    Routing(String label) {
        this.label = label;
    }

    /** As it is written in {@code failover.yml}. */
    public String label() {
        return label;
    }
}
