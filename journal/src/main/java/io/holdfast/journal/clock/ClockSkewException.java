package io.holdfast.journal.clock;

import java.time.Duration;

/** This machine's clock and a stamp lie further apart than is safe: no stamp is given and none is taken over until they agree. */
public final class ClockSkewException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration skew;

    ClockSkewException(String what, Duration skew, Duration allowed) {
        super("%s is %d ms ahead of this machine's clock, more than the %d ms allowed: check its time synchronisation"
                .formatted(what, skew.toMillis(), allowed.toMillis()));
        this.skew = skew;
    }

    /** How far the stamp lies ahead of this machine's clock. */
    public Duration skew() {
        return skew;
    }
}
