package io.holdfast.storage.policy;

import java.time.Duration;

import io.holdfast.failover.deadline.Deadline;

/**
 * How long the driver waits for an answer: a moment longer than the guard above it. The guard ends the call, and tells it
 * from a failure; the driver's thread, which does not react to being interrupted, ends right after it.
 */
public final class DriverTimeout {

    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private DriverTimeout() {}

    /** Above a guard with this timeout. */
    public static Duration above(Duration guard) {
        return guard.plus(A_MOMENT);
    }

    /** For a statement within a guarded call: what is left of that call. */
    public static Duration ofThisCall(Duration withoutGuard) {
        Duration left = Deadline.left().orElse(withoutGuard);
        return above(left.isNegative() ? Duration.ZERO : left);
    }
}
