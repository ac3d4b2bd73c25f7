package io.holdfast.backup.repository;

import io.holdfast.failover.guard.Answer;

/** There is no blob of that name: an answer of the store, not its failure. */
public final class NoSuchBlobException extends RuntimeException implements Answer {
    private static final long serialVersionUID = 1;

    private final String name;

    public NoSuchBlobException(String name, Throwable cause) {
        super("There is no " + name + " in the repository", cause);
        this.name = name;
    }

    public String name() {
        return name;
    }
}
