package io.holdfast.backup.retention;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a pruning removed, or would remove.
 *
 * @param removed the backups nothing keeps
 * @param kept how many stay, schedule by schedule
 * @param unreadable how many backups have a manifest that cannot be read; they stay and stand for nothing
 * @param objects how many slices nobody needs then; while a job is at work they go with a later removal
 * @param bytes how many bytes these take
 */
record Pruning(boolean dryRun, List<Removed> removed, List<Kept> kept, int unreadable, int objects, long bytes) {
    Pruning {
        removed = List.copyOf(removed);
        kept = List.copyOf(kept);
    }

    /** A backup that nothing keeps; {@code bytes} are stored for it, some of them perhaps also for others. */
    record Removed(UUID id, String schedule, Instant startedAt, long bytes, String reason) {}

    /** The backups of a schedule that stay: how many, and how many for which reason. */
    record Kept(String schedule, long count, Map<Fate, Long> reasons) {
        Kept {
            reasons = Map.copyOf(reasons);
        }
    }
}
