package io.holdfast.failover.live;

import java.time.Instant;

/**
 * Where an instance has its configuration from.
 *
 * @param source {@code config-service}, or {@code last known} when the instance was started without it
 * @param since when config-service served it
 */
public record ConfigurationView(String source, Instant since) {

    private static final String LAST_KNOWN = "last known";

    static ConfigurationView served(Instant at) {
        return new ConfigurationView("config-service", at);
    }

    static ConfigurationView lastKnown(Instant since) {
        return new ConfigurationView(LAST_KNOWN, since);
    }

    boolean isLastKnown() {
        return source.equals(LAST_KNOWN);
    }
}
