package io.holdfast.failover.leaving;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an instance that is asked to end goes on serving while another one could take over.
 *
 * @param callersKnowAfter how long after the registry knows that it leaves the slowest caller knows it too: callers ask the
 *     registry every two seconds, and a second registry learns it from the first within one
 * @param atMost when it ends in any case, also while it is still called; with 0s it ends at once
 */
@ConfigurationProperties("holdfast.leaving")
public record LeavingProperties(
        @DefaultValue("4s") Duration callersKnowAfter,
        @DefaultValue("8s") Duration atMost) {

    public LeavingProperties {
        if (callersKnowAfter.isNegative() || atMost.isNegative()) {
            throw new IllegalArgumentException("holdfast.leaving takes no time below 0s");
        }
    }
}
