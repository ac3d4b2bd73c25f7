package io.holdfast.failover.policy;

import java.time.Duration;

/**
 * A token bucket: so many requests in a time, and so many at once after a pause.
 *
 * @param requests how many are let in during {@code per}, spread evenly
 * @param per the time they are counted over
 * @param burst what the bucket holds: how many are let in at once by who sent none before
 */
public record RateLimit(int requests, Duration per, int burst) {

    /** How long an empty bucket takes to be full again. */
    public Duration timeToFill() {
        return per.multipliedBy(burst).dividedBy(requests);
    }
}
