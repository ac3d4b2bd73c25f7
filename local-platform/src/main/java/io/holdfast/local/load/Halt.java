package io.holdfast.local.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Ends an import that cannot go on: when a request was given up and nothing at all was answered meanwhile. One request
 * that is never answered while others are does not end it.
 */
final class Halt {
    private final Duration silence;
    private final LongSupplier nanoClock;
    private final AtomicLong lastAnswer;
    private volatile String reason = "";

    /**
     * Not ended.
     *
     * @param silence how long nothing is answered before the platform counts as gone
     */
    Halt(Duration silence) {
        this(silence, System::nanoTime);
    }

    Halt(Duration silence, LongSupplier nanoClock) {
        this.silence = silence;
        this.nanoClock = nanoClock;
        this.lastAnswer = new AtomicLong(nanoClock.getAsLong());
    }

    void answered() {
        lastAnswer.set(nanoClock.getAsLong());
    }

    void gaveUp(String why) {
        if (nanoClock.getAsLong() - lastAnswer.get() >= silence.toNanos()) {
            now(why);
        }
    }

    /** Ends it; the first reason stays. */
    synchronized void now(String why) {
        if (reason.isEmpty()) {
            reason = why;
        }
    }

    boolean isOver() {
        return !reason.isEmpty();
    }

    /** Why it ended; empty while it goes on. */
    String reason() {
        return reason;
    }
}
