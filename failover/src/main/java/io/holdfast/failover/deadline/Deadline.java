package io.holdfast.failover.deadline;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * Until when the answer to the request at hand is of use. It belongs to the thread, and guarded calls take it along to
 * theirs; outside a request there is none. Whoever is called gets what is left of it, so that nobody works on for a caller
 * who has given up.
 */
public final class Deadline {

    /** What is left, in whole milliseconds, on the way from one service to the next. */
    public static final String HEADER = "Holdfast-Deadline";

    static final ThreadLocal<@Nullable Deadline> CURRENT = new ThreadLocal<>();

    private final long nanoTime;

    private Deadline(long nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Runs the work with a deadline so far away, or with the one there is where that is sooner.
     *
     * @throws Exception what the work throws
     */
    public static <T extends @Nullable Object> T within(Duration time, Callable<T> work) throws Exception {
        Deadline outer = CURRENT.get();
        long end = System.nanoTime() + time.toNanos();
        CURRENT.set(outer != null && outer.nanoTime - end < 0 ? outer : new Deadline(end));
        try {
            return work.call();
        } finally {
            restore(outer);
        }
    }

    /** What is left, negative when it is over; empty where there is no deadline. */
    public static Optional<Duration> left() {
        Deadline deadline = CURRENT.get();
        return deadline == null
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(deadline.nanoTime - System.nanoTime()));
    }

    /** Whether there is a deadline before this time is over. */
    public static boolean isWithin(Duration time) {
        return left().filter(left -> left.compareTo(time) <= 0).isPresent();
    }

    private static void restore(@Nullable Deadline outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
