package io.holdfast.backup.repository;

/** There is no room left for what was to be written. */
public final class FullStoreException extends UnusableStoreException {
    private static final long serialVersionUID = 1;

    public FullStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
