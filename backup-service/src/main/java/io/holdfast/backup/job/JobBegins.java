package io.holdfast.backup.job;

/** This instance is about to do a job. Who throws {@link JobFailedException} refuses it. */
public record JobBegins(JobCommand command) {}
