package io.holdfast.backup.repository;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.holdfast.failover.guard.Answer;

/** A manifest is there but cannot be trusted. */
public final class UnreadableManifestException extends RuntimeException implements Answer {
    private static final long serialVersionUID = 1;

    public UnreadableManifestException(UUID id, String reason, @Nullable Throwable cause) {
        super("The manifest of backup %s cannot be read: %s".formatted(id, reason), cause);
    }
}
