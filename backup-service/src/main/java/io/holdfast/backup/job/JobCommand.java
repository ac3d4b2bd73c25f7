package io.holdfast.backup.job;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A job as it is ordered over {@code backup.jobs}.
 *
 * @param version of this record
 * @param schedule which schedule asked for it, or null when a person did
 */
public record JobCommand(
        int version, UUID id, @Nullable String schedule, String requestedBy, Instant requestedAt, JobOrder order) {
    public static final int VERSION = 1;
}
