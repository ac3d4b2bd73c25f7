package io.holdfast.failover.guard;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many retries a dependency may still get: one for ten calls, and a few in advance for a service with little to do. A
 * dependency that fails for everybody is thus asked a tenth more often than without retries, and not several times as
 * often. Counted as Finagle counts it, with calls in the place of time.
 */
final class RetryBudget {

    /** In tenths of a retry. */
    private static final int PRICE = 10;

    private static final int ADVANCE = 10 * PRICE;
    private static final int MOST = 100 * PRICE;

    private final AtomicInteger tenths = new AtomicInteger(ADVANCE);

    /** A call was made that may be repeated. */
    void earn() {
        tenths.updateAndGet(saved -> Math.min(saved + 1, MOST));
    }

    /** Pays for a retry; false when there is nothing left to pay with. */
    boolean spend() {
        int before = tenths.getAndUpdate(saved -> saved < PRICE ? saved : saved - PRICE);
        return before >= PRICE;
    }
}
