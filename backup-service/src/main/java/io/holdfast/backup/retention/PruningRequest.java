package io.holdfast.backup.retention;

import org.jspecify.annotations.Nullable;

/**
 * What to prune, as a caller says it.
 *
 * @param schedule whose backups; of all schedules with a retention when left out
 * @param dryRun false to remove; when left out, it is only told what would be removed
 */
record PruningRequest(@Nullable String schedule, @Nullable Boolean dryRun) {}
