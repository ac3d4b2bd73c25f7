package io.holdfast.backup.retention;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A backup of a schedule, as far as its retention looks at it.
 *
 * @param startedAt when it began by the clock of the worker that took it
 * @param firstSeen the same, or, when that was in the future as it was first met, the moment it was met
 * @param good whether it can be restored, as far as is known
 * @param keyspaces of which it holds tables
 * @param inUse whether a job that has not ended restores or verifies it
 */
record Candidate(UUID id, Instant startedAt, Instant firstSeen, boolean good, Set<String> keyspaces, boolean inUse) {
    Candidate {
        keyspaces = Set.copyOf(keyspaces);
    }
}
