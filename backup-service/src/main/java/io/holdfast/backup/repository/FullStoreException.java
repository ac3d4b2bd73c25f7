package io.holdfast.backup.repository;

import java.time.Duration;

import io.holdfast.backup.patience.NotNow;

/** There is no room left for what was to be written. What can be removed makes some. */
public final class FullStoreException extends UnusableStoreException implements NotNow {
    private static final long serialVersionUID = 1;
    private static final Duration A_WHILE = Duration.ofSeconds(1);

    public FullStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Duration retryAfter() {
        return A_WHILE;
    }
}
