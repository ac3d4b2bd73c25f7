package io.holdfast.failover.live;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.holdfast.failover.last.LastConfiguration;

/**
 * How a service keeps its configuration up to date.
 *
 * @param checkEvery how often it asks config-service for the version, in case the bus is down
 * @param keptIn the folder in which the last configuration is kept, encrypted, for a start without config-service; empty to
 *     keep none
 */
@ConfigurationProperties("holdfast.configuration")
record ConfigurationWatchProperties(
        @DefaultValue("4s") Duration checkEvery,
        @DefaultValue("") String keptIn) {

    /** Where this instance keeps it, under its own password; null when it keeps none. */
    @Nullable
    LastConfiguration last(@Nullable String password) {
        return keptIn.isBlank() || password == null || password.isBlank()
                ? null
                : new LastConfiguration(Path.of(keptIn), password);
    }
}
