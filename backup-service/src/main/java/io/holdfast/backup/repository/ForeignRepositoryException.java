package io.holdfast.backup.repository;

import io.holdfast.failover.guard.Answer;

/** The place meant for backups holds something else, or backups of a version this one does not know. */
public final class ForeignRepositoryException extends RuntimeException implements Answer {
    private static final long serialVersionUID = 1;

    public ForeignRepositoryException(String message) {
        super(message);
    }
}
