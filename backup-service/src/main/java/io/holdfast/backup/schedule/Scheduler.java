package io.holdfast.backup.schedule;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.backup.job.JobSender;
import io.holdfast.failover.guard.DependencyUnavailableException;

/**
 * Orders a backup whenever a schedule fires. Every instance does so, under the same id, and the worker does it once. While
 * Kafka is away the last firing of a schedule is kept until it can be ordered.
 */
public final class Scheduler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);

    private final ScheduleBook book;
    private final JobSender sender;
    private final InstantSource clock;
    private final Map<Schedule, Instant> orderedUpTo = new HashMap<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("backup-schedule").factory());
    private @Nullable ScheduledFuture<?> ticking;

    public Scheduler(ScheduleBook book, JobSender sender, InstantSource clock) {
        this.book = book;
        this.sender = sender;
        this.clock = clock;
    }

    /** Begins to look once a second. */
    public synchronized void start() {
        ticking = ticks.scheduleWithFixedDelay(this::tick, 0, 1, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void close() {
        if (ticking != null) {
            ticking.cancel(true);
        }
        ticks.shutdownNow();
    }

    /** Orders what is due. A schedule that is seen for the first time counts from now on. */
    void tick() {
        Instant now = clock.instant();
        List<Schedule> schedules = book.schedules();
        Set<Schedule> inForce = new HashSet<>(schedules);
        orderedUpTo.keySet().retainAll(inForce);
        for (Schedule schedule : schedules) {
            Instant after = orderedUpTo.computeIfAbsent(schedule, added -> now);
            schedule.lastBetween(after, now).ifPresent(fire -> order(schedule, fire));
        }
    }

    private void order(Schedule schedule, Instant fire) {
        try {
            sender.order(schedule.job(fire), schedule.name(), "schedule " + schedule.name(), schedule.order());
            orderedUpTo.put(schedule, fire);
            log.info("schedule_fired name={} at={} job={}", schedule.name(), fire, schedule.job(fire));
        } catch (DependencyUnavailableException away) {
            log.warn("schedule_waits name={} at={}: {}", schedule.name(), fire, away.getMessage());
        }
    }
}
