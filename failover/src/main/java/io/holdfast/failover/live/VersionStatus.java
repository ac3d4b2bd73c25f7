package io.holdfast.failover.live;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What config-service answers at {@code GET /versions/current}.
 *
 * @param version the commit id of the configuration in force
 * @param takenAt when it became a version
 * @param refusal the save that was refused since then, if any
 */
public record VersionStatus(
        String version, Instant takenAt, @Nullable Refusal refusal) {}
