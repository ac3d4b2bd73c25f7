package io.holdfast.failover.policy;

/** What a caller gets when a dependency gives no answer. */
public enum Fallback {
    /** That there is none: 503, and when to come again. */
    FAIL,
    /** The entity as it was last known, where a service keeps it; the answer says so and how old it is. */
    CACHED,
    /** That the write is taken and will be done: it is durable already, and goes on as soon as there is an answer. */
    QUEUE
}
