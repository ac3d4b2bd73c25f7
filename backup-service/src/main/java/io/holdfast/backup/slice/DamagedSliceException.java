package io.holdfast.backup.slice;

import org.jspecify.annotations.Nullable;

import io.holdfast.failover.guard.Answer;

/** A slice is missing or does not hold what was written. */
public final class DamagedSliceException extends RuntimeException implements Answer {
    private static final long serialVersionUID = 1;

    public DamagedSliceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
