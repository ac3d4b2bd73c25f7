package io.holdfast.backup.job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

import io.holdfast.backup.audit.Audit;
import io.holdfast.backup.audit.AuditEntry.Action;
import io.holdfast.backup.audit.Deed;
import io.holdfast.doors.problem.ProblemException;

/** Cancels jobs, wherever they are done: the mark is put among the events, and counts when it is the first on its job. */
public final class JobCancellations {
    private static final Duration BOUND = Duration.ofSeconds(3);

    private final JobBoard board;
    private final JobSender sender;
    private final Audit audit;
    private final InstantSource clock;

    public JobCancellations(JobBoard board, JobSender sender, Audit audit, InstantSource clock) {
        this.board = board;
        this.sender = sender;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Cancels a job. Doing it again changes nothing.
     *
     * @param job as it is known
     * @return the job: cancelled, or still running until it comes to the end of a slice
     * @throws ProblemException 409 when it has ended otherwise or must not be stopped any more
     * @throws io.holdfast.failover.guard.DependencyUnavailableException when Kafka cannot take it
     */
    Job cancel(Job job, String by) {
        if (job.state() == JobState.CANCELLED) {
            return job;
        }
        refuseIfTooLate(job);
        if (board.mark(job.id()).isPresent()) {
            return job;
        }
        Deed deed = new Deed(Action.CANCELLATION, by, job.id(), job.backupId(), null);
        return audit.change(deed, () -> mark(job, by));
    }

    private Job mark(Job job, String by) {
        JobMark mark = new JobMark(JobMark.VERSION, job.id(), JobMark.Kind.CANCELLATION, by, clock.instant());
        awaitRead(sender.mark(mark));
        Job now = board.find(job.id()).orElse(job);
        refuseIfTooLate(now);
        return now;
    }

    private void refuseIfTooLate(Job job) {
        UUID id = job.id();
        if (job.state().hasEnded() && job.state() != JobState.CANCELLED) {
            throw ProblemException.conflict("Job %s has ended: %s".formatted(id, job.state()));
        }
        board.mark(id).filter(mark -> mark.kind() == JobMark.Kind.NO_RETURN).ifPresent(mark -> {
            throw ProblemException.conflict("Job %s cannot be cancelled any more: %s".formatted(id, mark.text()));
        });
    }

    private void awaitRead(long offset) {
        try {
            if (board.awaitRead(offset, BOUND)) {
                return;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        throw ProblemException.unavailable(
                "The cancellation is on its way, but its outcome is not known yet: ask again", BOUND);
    }
}
