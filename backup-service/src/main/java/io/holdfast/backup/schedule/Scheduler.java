package io.holdfast.backup.schedule;

import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobSender;
import io.holdfast.backup.repository.Repository;

/**
 * Orders a backup, or verifications, whenever a schedule fires. Every instance does so, under the same ids, and the worker does each
 * once.
 */
public final class Scheduler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);

    private final JobSender sender;
    private final InstantSource clock;
    private final DueBackups due;
    private final Timetable<Schedule> backups;
    private final Timetable<VerificationSchedule> verifications;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("backup-schedule").factory());
    private @Nullable ScheduledFuture<?> ticking;

    public Scheduler(ScheduleBook book, Repository repository, JobSender sender, InstantSource clock) {
        this.sender = sender;
        this.clock = clock;
        this.due = new DueBackups(repository);
        this.backups = new Timetable<>(book::schedules, this::backUp);
        this.verifications = new Timetable<>(book::verifications, this::verify);
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

    /** Orders what is due. */
    void tick() {
        Instant now = clock.instant();
        backups.tick(now);
        verifications.tick(now);
    }

    private void backUp(Schedule schedule, Instant fire) {
        sender.order(schedule.job(fire), schedule.name(), requestedBy(schedule), schedule.order());
        log.info("schedule_fired name={} at={} job={}", schedule.name(), fire, schedule.job(fire));
    }

    private void verify(VerificationSchedule schedule, Instant fire) {
        for (UUID backup : due.at(fire, schedule.which())) {
            UUID job = schedule.job(fire, backup);
            JobOrder.Verification order = new JobOrder.Verification(backup, schedule.depth());
            sender.order(job, schedule.name(), requestedBy(schedule), order);
            log.info("verification_fired name={} at={} backup={} job={}", schedule.name(), fire, backup, job);
        }
    }

    private static String requestedBy(Timed schedule) {
        return "schedule " + schedule.name();
    }
}
