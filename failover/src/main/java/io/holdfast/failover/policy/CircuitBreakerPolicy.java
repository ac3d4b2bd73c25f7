package io.holdfast.failover.policy;

import java.time.Duration;

/**
 * When a dependency is no longer asked, and when it is tried again.
 *
 * @param failureRate percentage of failed calls that opens the breaker
 * @param slowCall from when on a call is slow
 * @param slowCallRate percentage of slow calls that opens the breaker
 * @param window how many of the latest calls are looked at
 * @param minimumCalls below this number nothing is decided
 * @param openFor how long nobody asks
 * @param halfOpenCalls how many calls then try whether it works again
 */
public record CircuitBreakerPolicy(
        boolean enabled,
        float failureRate,
        Duration slowCall,
        float slowCallRate,
        int window,
        int minimumCalls,
        Duration openFor,
        int halfOpenCalls) {

    CircuitBreakerPolicy withSlowCall(Duration changed) {
        return new CircuitBreakerPolicy(
                enabled, failureRate, changed, slowCallRate, window, minimumCalls, openFor, halfOpenCalls);
    }
}
