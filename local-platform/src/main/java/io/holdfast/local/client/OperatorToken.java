package io.holdfast.local.client;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/** The operator's token, renewed while the last one is still good. */
final class OperatorToken {
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final Issuer issuer;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private String value = "";
    private Instant renewAt = Instant.MIN;

    OperatorToken(Issuer issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** One that is good for two minutes more at least, or for half its lifetime when that is shorter. */
    String current() throws IOException {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (!now.isBefore(renewAt)) {
                Issued issued = issuer.issue();
                Duration half = issued.lifetime().dividedBy(2);
                Duration margin = half.compareTo(MARGIN) < 0 ? half : MARGIN;
                value = issued.value();
                renewAt = now.plus(issued.lifetime()).minus(margin);
            }
            return value;
        } finally {
            lock.unlock();
        }
    }

    /** Not to be used again: a door did not take it, for instance because the platform has new keys. */
    void refused(String token) {
        lock.lock();
        try {
            if (value.equals(token)) {
                renewAt = Instant.MIN;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Asks for a new token. */
    @FunctionalInterface
    interface Issuer {
        Issued issue() throws IOException;
    }

    /** A token and how long it is good. */
    record Issued(String value, Duration lifetime) {}
}
