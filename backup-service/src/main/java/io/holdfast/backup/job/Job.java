package io.holdfast.backup.job;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a job.
 *
 * @param phase what it is at, or where it stopped
 * @param backupId the backup it makes, restores or verifies
 * @param reason why it failed and what can be done, or that it was cancelled
 * @param cancelledBy who cancelled it; it may not have stopped yet
 */
public record Job(
        UUID id,
        JobKind kind,
        JobState state,
        @Nullable String phase,
        Progress progress,
        UUID backupId,
        @Nullable String schedule,
        String requestedBy,
        @Nullable String reason,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String cancelledBy) {

    /** A job that nobody has begun. */
    public static Job queued(JobCommand command) {
        UUID backupId = switch (command.order()) {
            case JobOrder.Backup backup -> command.id();
            case JobOrder.Restore restore -> restore.backupId();
            case JobOrder.Verification verification -> verification.backupId();
        };
        return new Job(
                command.id(),
                command.order().kind(),
                JobState.QUEUED,
                null,
                Progress.NONE,
                backupId,
                command.schedule(),
                command.requestedBy(),
                null,
                command.requestedAt(),
                null,
                null,
                null);
    }

    Job running(Instant now) {
        return with(JobState.RUNNING, phase, progress, null, startedAt == null ? now : startedAt, null);
    }

    Job at(@Nullable String newPhase, Progress newProgress) {
        return with(state, newPhase, newProgress, reason, startedAt, endedAt);
    }

    Job succeeded(Instant now) {
        return with(JobState.SUCCEEDED, phase, progress, null, startedAt, now);
    }

    Job failed(String why, Instant now) {
        return with(JobState.FAILED, phase, progress, why, startedAt, now);
    }

    Job cancelled(String by, Instant now) {
        return with(JobState.CANCELLED, phase, progress, JobCancelledException.reason(by), startedAt, now)
                .cancelledBy(by);
    }

    Job cancelledBy(String by) {
        return new Job(
                id,
                kind,
                state,
                phase,
                progress,
                backupId,
                schedule,
                requestedBy,
                reason,
                queuedAt,
                startedAt,
                endedAt,
                by);
    }

    private Job with(
            JobState newState,
            @Nullable String newPhase,
            Progress newProgress,
            @Nullable String newReason,
            @Nullable Instant newStart,
            @Nullable Instant newEnd) {
        return new Job(
                id,
                kind,
                newState,
                newPhase,
                newProgress,
                backupId,
                schedule,
                requestedBy,
                newReason,
                queuedAt,
                newStart,
                newEnd,
                cancelledBy);
    }
}
