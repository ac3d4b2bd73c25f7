package io.holdfast.local.supervision;

import java.time.Duration;

/**
 * How long to wait before the next start of what keeps dying: doubled each time, back to the first after a calm while.
 *
 * @param first before the first restart
 * @param longest never waits longer
 * @param calm a part that ran this long is taken for mended
 */
public record Backoff(Duration first, Duration longest, Duration calm) {
    private static final int MOST_DOUBLINGS = 16;

    static Backoff usual() {
        return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    /**
     * The wait before the next start.
     *
     * @param deaths how often it died in a row, 1 at the first time
     */
    Duration before(int deaths) {
        Duration wait = first.multipliedBy(1L << Math.min(Math.max(deaths - 1, 0), MOST_DOUBLINGS));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
