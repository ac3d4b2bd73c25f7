package io.holdfast.backup.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

import org.springframework.scheduling.support.CronExpression;

/** What happens again and again. */
interface Timed {
    /** Part of the ids of its jobs. */
    String name();

    /** Seconds, minutes, hours, day of month, month, day of week. */
    CronExpression cron();

    /** In which the cron expression is read. */
    ZoneId zone();

    /** The last time to fire after one moment and up to another, or nothing when there is none. */
    default Optional<Instant> lastBetween(Instant after, Instant upTo) {
        ZonedDateTime fire = cron().next(after.atZone(zone()));
        Optional<Instant> last = Optional.empty();
        while (fire != null && !fire.toInstant().isAfter(upTo)) {
            last = Optional.of(fire.toInstant());
            fire = cron().next(fire);
        }
        return last;
    }
}
