package io.holdfast.backup.snapshot;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.repository.Depth;
import io.holdfast.doors.problem.ProblemException;

/**
 * How to verify a backup, as a caller says it.
 *
 * @param depth structure, full or restore; full when left out
 */
record VerificationRequest(@Nullable String depth) {
    /**
     * What was asked for.
     *
     * @throws ProblemException 400 that names the field and what it may be
     */
    Depth depthOrDefault() {
        return depth == null
                ? Depth.FULL
                : Depth.of(depth)
                        .orElseThrow(() -> ProblemException.badField(
                                "depth", "must be one of %s, or be left out for full".formatted(Depth.names())));
    }
}
