package io.holdfast.failover.policy;

/** What a caller gets when a dependency gives no answer. */
public enum Fallback {
    FAIL
}
