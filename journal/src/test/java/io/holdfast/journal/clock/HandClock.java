package io.holdfast.journal.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A wall clock that a test moves by hand, also backwards. */
final class HandClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-11-20T10:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void move(Duration duration) {
        now = now.plus(duration);
    }

    void moveMicroseconds(long microseconds) {
        now = now.plusNanos(microseconds * 1_000);
    }
}
