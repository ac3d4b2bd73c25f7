package io.holdfast.backup.schedule;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.failover.guard.DependencyUnavailableException;

/**
 * Has done what is due. While something that is needed for it is away, the last firing of a schedule is kept until it can be done.
 *
 * @param <S> what is in it
 */
final class Timetable<S extends Timed> {
    private static final Logger log = LoggerFactory.getLogger(Timetable.class);

    private final Supplier<List<S>> inForce;
    private final BiConsumer<S, Instant> order;
    private final Map<S, Instant> orderedUpTo = new HashMap<>();

    /**
     * Begins empty.
     *
     * @param order orders what a schedule is for, at a time to fire; twice does no harm
     */
    Timetable(Supplier<List<S>> inForce, BiConsumer<S, Instant> order) {
        this.inForce = inForce;
        this.order = order;
    }

    /** Orders what is due. A schedule that is seen for the first time counts from now on. */
    void tick(Instant now) {
        List<S> schedules = inForce.get();
        orderedUpTo.keySet().retainAll(Set.copyOf(schedules));
        for (S schedule : schedules) {
            Instant after = orderedUpTo.computeIfAbsent(schedule, added -> now);
            schedule.lastBetween(after, now).ifPresent(fire -> order(schedule, fire));
        }
    }

    private void order(S schedule, Instant fire) {
        try {
            order.accept(schedule, fire);
            orderedUpTo.put(schedule, fire);
        } catch (DependencyUnavailableException away) {
            log.warn("schedule_waits name={} at={}: {}", schedule.name(), fire, away.getMessage());
        } catch (RuntimeException broken) {
            // The other schedules go on, and this one with its next firing.
            orderedUpTo.put(schedule, fire);
            log.error("schedule_missed name={} at={}", schedule.name(), fire, broken);
        }
    }
}
