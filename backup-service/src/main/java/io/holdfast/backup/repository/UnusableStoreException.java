package io.holdfast.backup.repository;

import org.jspecify.annotations.Nullable;

import io.holdfast.failover.guard.Answer;

/** The place of the backups answers, and cannot be used as it is. The message says why, and what to do about it. */
public sealed class UnusableStoreException extends RuntimeException implements Answer permits FullStoreException {
    private static final long serialVersionUID = 1;

    public UnusableStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
