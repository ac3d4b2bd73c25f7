package io.holdfast.backup.audit;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Something that is going to be done.
 *
 * @param by who wants it
 * @param jobId of the job that does it, or that is cancelled
 * @param backupId the backup it is about
 * @param what it is about, in words that hold no secret
 */
public record Deed(
        AuditEntry.Action action,
        String by,
        @Nullable UUID jobId,
        @Nullable UUID backupId,
        @Nullable String what) {}
