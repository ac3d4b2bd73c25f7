package io.holdfast.backup.job;

/** What a job does. */
public enum JobKind {
    BACKUP,
    RESTORE,
    VERIFICATION
}
