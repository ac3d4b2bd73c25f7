package io.holdfast.backup.job;

/**
 * A job has come to its end, and nobody has been told yet. When the worker dies before that is done, the job is done again, and this comes
 * once more.
 *
 * @param job as it ends
 */
public record JobEnds(Job job) {}
