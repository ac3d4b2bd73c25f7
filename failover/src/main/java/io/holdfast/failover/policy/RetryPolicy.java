package io.holdfast.failover.policy;

import java.time.Duration;

/**
 * How often a repeatable call is made.
 *
 * @param attempts all attempts together, the first included
 * @param backoff the pause before the second attempt
 * @param multiplier what each further pause grows by
 * @param jitter the part of a pause that is random: 0 (none) to below 1
 */
public record RetryPolicy(int attempts, Duration backoff, double multiplier, double jitter) {}
