package io.holdfast.backup.key;

import org.jspecify.annotations.Nullable;

import io.holdfast.failover.guard.Answer;

/** The keys of a repository cannot be opened with the recovery key that was given, or that is no recovery key at all. */
public final class WrongKeyException extends RuntimeException implements Answer {
    private static final long serialVersionUID = 1;

    public WrongKeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
