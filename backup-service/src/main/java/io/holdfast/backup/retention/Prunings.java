package io.holdfast.backup.retention;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

import io.holdfast.backup.job.Job;
import io.holdfast.backup.job.JobEnded;
import io.holdfast.backup.job.JobKind;
import io.holdfast.backup.job.JobState;

/** Prunes on its own: a schedule after each backup this instance took for it, and all of them once an hour. */
public class Prunings implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Prunings.class);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration EVERY = Duration.ofHours(1);

    private final Pruner pruner;
    private final ScheduledExecutorService prunings = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("backup-pruning").factory());

    public Prunings(Pruner pruner) {
        this.pruner = pruner;
    }

    /** Begins to look at the clock. */
    public void start() {
        var _ = prunings.scheduleWithFixedDelay(
                () -> prune(pruner.schedules()), FIRST.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @EventListener
    void on(JobEnded event) {
        Job job = event.job();
        if (job.kind() == JobKind.BACKUP && job.state() == JobState.SUCCEEDED && job.schedule() != null) {
            Set<String> schedule = Set.of(job.schedule());
            prunings.execute(() -> prune(schedule));
        }
    }

    @Override
    public void close() {
        prunings.shutdownNow();
    }

    private void prune(Set<String> schedules) {
        try {
            pruner.prune(schedules, false, "retention");
        } catch (RuntimeException later) {
            log.warn("backups_not_pruned, in an hour again: {}", later.getMessage());
        }
    }
}
