package io.holdfast.local.meter;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/** A line every five seconds. */
final class LineMeter implements Meter {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final String task;
    private final String unit;
    private final PrintStream out;
    private final InstantSource clock;
    private final Instant begun;
    private Instant said;
    private long furthest;

    LineMeter(String task, String unit, PrintStream out, InstantSource clock) {
        this.task = task;
        this.unit = unit;
        this.out = out;
        this.clock = clock;
        this.begun = clock.instant();
        this.said = begun;
    }

    @Override
    public void at(long done, long total) {
        lock.lock();
        try {
            furthest = Math.max(furthest, done);
            Instant now = clock.instant();
            if (now.isBefore(said.plus(EVERY))) {
                return;
            }
            said = now;
            double seconds = Duration.between(begun, now).toMillis() / 1000.0;
            String all = total > 0 ? String.format(Locale.ROOT, " of %,d", total) : "";
            out.printf(Locale.ROOT, "%s: %,d%s %s, %.0f/s%n", task, furthest, all, unit, furthest / seconds);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // The summary says the end.
    }
}
