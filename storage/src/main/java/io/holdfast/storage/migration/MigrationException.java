package io.holdfast.storage.migration;

/** The keyspace could not be brought into the shape this service needs. */
public final class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MigrationException(String message) {
        super(message);
    }
}
