package io.holdfast.failover.policy;

/** Which instance of a dependency is asked. */
public enum Routing {
    ROUND_ROBIN
}
