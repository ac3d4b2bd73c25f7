package io.holdfast.failover.live;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which policy this instance obeys.
 *
 * @param version the commit id; null when it was not loaded from config-service
 * @param takenAt when this instance took it
 * @param refusal the last refusal since then, here or at config-service
 */
public record PolicyStatus(
        @Nullable String version, Instant takenAt, @Nullable Refusal refusal) {}
