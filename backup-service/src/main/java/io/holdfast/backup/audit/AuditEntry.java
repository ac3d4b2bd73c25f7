package io.holdfast.backup.audit;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One entry of the audit log. Nothing in it is secret.
 *
 * @param version of this record
 * @param at when it was written
 * @param instance which instance wrote it
 * @param by the caller's name, or the schedule, or {@code retention}
 * @param requestId of the request that asked for it; null when none did
 * @param jobId of the job that does it, or that is cancelled; null when it is none
 * @param backupId the backup it is about; null when it is about several or none
 * @param what it is about
 * @param reason why it failed or was cancelled
 */
public record AuditEntry(
        int version,
        Instant at,
        @Nullable String instance,
        Action action,
        Outcome outcome,
        @Nullable String by,
        @Nullable String requestId,
        @Nullable UUID jobId,
        @Nullable UUID backupId,
        @Nullable String what,
        @Nullable String reason) {
    static final int VERSION = 1;

    /** What is done. */
    public enum Action {
        BACKUP,
        RESTORE,
        VERIFICATION,
        DELETION,
        PRUNING,
        KEY_RENEWAL,
        CANCELLATION,
        /** The entry cannot be read. */
        UNKNOWN;

        /** Whether there is more room in the repository afterwards: it must be possible when that is full. */
        boolean makesRoom() {
            return this == DELETION || this == PRUNING || this == CANCELLATION;
        }
    }

    /** How far it has come. */
    public enum Outcome {
        /** A job was asked for. */
        ASKED,
        /** A worker, or this instance, is about to do it. */
        BEGUN,
        SUCCEEDED,
        FAILED,
        CANCELLED,
        /** The entry cannot be read. */
        UNREADABLE
    }

    /** What is known of an entry that cannot be read: its time, from its name. */
    static AuditEntry unreadable(Instant at) {
        return new AuditEntry(
                VERSION, at, null, Action.UNKNOWN, Outcome.UNREADABLE, null, null, null, null, null, null);
    }
}
