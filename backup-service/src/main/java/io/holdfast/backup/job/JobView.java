package io.holdfast.backup.job;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A job as callers see it.
 *
 * @param position of a job that waits: 1 for the one that was asked for first
 */
record JobView(@JsonUnwrapped Job job, @Nullable Integer position) {}
