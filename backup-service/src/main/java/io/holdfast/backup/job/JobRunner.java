package io.holdfast.backup.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;

import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

import io.holdfast.backup.patience.Patience;
import io.holdfast.failover.guard.Answer;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.trace.CallerContext;

/** Does one job from its first to its last state. A job that has ended is not done again. */
public final class JobRunner {
    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    private static final Patience UNTIL_STOPPED = new Patience(Duration.ofDays(3650));
    private static final Duration TELL_EVERY = Duration.ofMillis(500);

    private final List<JobWork<?>> works;
    private final JobBoard board;
    private final JobSender sender;
    private final JobMeters meters;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    public JobRunner(
            List<JobWork<?>> works,
            JobBoard board,
            JobSender sender,
            JobMeters meters,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.works = List.copyOf(works);
        this.board = board;
        this.sender = sender;
        this.meters = meters;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Does a job, whatever comes of it.
     *
     * @throws CancellationException when it was stopped before it ended, and has to be done again
     */
    void run(JobCommand command) {
        board.accept(Job.queued(command));
        Job known = board.find(command.id()).orElseThrow();
        if (known.state().hasEnded()) {
            alreadyEnded(known, command);
            return;
        }
        Instant began = clock.instant();
        Reporter report = new Reporter(known.running(clock.instant()));
        // What was said of the job before it began is known when it begins.
        awaitRead(tell(report.job()));
        Job read = board.find(command.id()).orElseThrow();
        if (read.state().hasEnded()) {
            // Its end had not been read here yet. Said once more, it stands last.
            tell(read);
            alreadyEnded(read, command);
            return;
        }
        log.info("job_started id={} kind={}", known.id(), known.kind());
        Job ended = end(command, report);
        // Before it is told: of a job that is known to have ended nobody enters anything any more.
        events.publishEvent(new JobEnds(ended));
        report.close();
        tell(ended);
        meters.ended(ended, Duration.between(began, clock.instant()));
        events.publishEvent(new JobEnded(ended));
        log.info(
                "job_ended id={} kind={} state={} phase={} reason={}",
                ended.id(),
                ended.kind(),
                ended.state(),
                ended.phase(),
                ended.reason());
    }

    private void alreadyEnded(Job ended, JobCommand command) {
        log.info("job_already_ended id={} kind={} state={}", ended.id(), ended.kind(), ended.state());
        if (ended.state() == JobState.CANCELLED) {
            letGo(command);
        }
    }

    private Job end(JobCommand command, Reporter report) {
        try {
            return failure(command, report)
                    .map(reason -> report.job().failed(reason, clock.instant()))
                    .orElseGet(() -> report.job().succeeded(clock.instant()));
        } catch (JobCancelledException cancelled) {
            letGo(command);
            String by = board.mark(command.id()).map(JobMark::text).orElse("nobody");
            return report.job().cancelled(by, clock.instant());
        }
    }

    private Optional<String> failure(JobCommand command, Reporter report) {
        try {
            begin(command);
            run(work(command), command, report);
            return Optional.empty();
        } catch (JobCancelledException cancelled) {
            throw cancelled;
        } catch (JobFailedException failed) {
            return Optional.of(String.valueOf(failed.getMessage()));
        } catch (DependencyUnavailableException away) {
            log.warn("job_gave_up id={} dependency={} cause={}", command.id(), away.dependency(), away.getMessage());
            return Optional.of("%s did not answer for too long: ask again when it does".formatted(away.dependency()));
        } catch (QueryValidationException refused) { // a right that is missing, or a guardrail
            log.warn("job_refused id={} cause={}", command.id(), refused.getMessage());
            return Optional.of("Cassandra refused: " + refused.getMessage());
        } catch (CancellationException stopped) {
            throw stopped;
        } catch (RuntimeException | Error unexpected) { // an Error too: a job that never ends would help nobody
            if (unexpected instanceof Answer) {
                return Optional.of(String.valueOf(unexpected.getMessage()));
            }
            log.error("job_broke id={}", command.id(), unexpected);
            return Optional.of("An internal error, which the log of this service shows under the job's id");
        }
    }

    private void begin(JobCommand command) {
        try {
            events.publishEvent(new JobBegins(command));
        } catch (CancellationException stopped) {
            throw stopped;
        } catch (RuntimeException refused) {
            // Its work, which lets go of what it holds when it fails, is not reached.
            try {
                letGo(command);
            } catch (CancellationException stopped) {
                throw stopped;
            } catch (RuntimeException failed) {
                refused.addSuppressed(failed);
            }
            throw refused;
        }
    }

    private JobWork<?> work(JobCommand command) {
        return works.stream()
                .filter(candidate -> candidate.orders().isInstance(command.order()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Nobody does " + command.order().kind()));
    }

    private void letGo(JobCommand command) {
        try {
            work(command).letGo(command);
        } catch (DependencyUnavailableException away) {
            log.warn("job_not_let_go id={} cause={}", command.id(), away.getMessage());
        }
    }

    private static <O extends JobOrder> void run(JobWork<O> work, JobCommand command, JobReport report) {
        work.run(command, work.orders().cast(command.order()), report);
    }

    private long tell(Job job) {
        return UNTIL_STOPPED.call(() -> sender.tell(job));
    }

    private void awaitRead(long offset) {
        try {
            while (!board.awaitRead(offset, TELL_EVERY)) {
                log.debug("event_not_read_yet offset={}", offset);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Stopped while it waited for what was said of the job");
        }
    }

    /** Tells of phases at once, and of progress now and then. */
    private final class Reporter implements JobReport {
        private Job latest;
        private final Semaphore telling = new Semaphore(1);
        private final Pace pace = new Pace();
        private long toldNanos = System.nanoTime();

        Reporter(Job started) {
            this.latest = started;
        }

        /**
         * Tells of no progress any more, and waits for what is being told: behind the job's end it would be taken for the newest by who
         * reads only the last event of each job.
         *
         * @throws CancellationException when the thread was interrupted meanwhile
         */
        void close() {
            try {
                telling.acquire();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new CancellationException("Stopped while it told of its progress");
            }
        }

        synchronized Job job() {
            return latest;
        }

        @Override
        public void phase(String name, Progress progress) {
            stopIfCancelled();
            tell(begun(name, progress));
        }

        @Override
        public void progress(Progress progress) {
            stopIfCancelled();
            Job now = moved(progress);
            board.accept(now);
            if (isDue() && telling.tryAcquire()) {
                Thread.startVirtualThread(CallerContext.carry(() -> tellOrForget(now)));
            }
        }

        @Override
        public void noReturn(String why) {
            UUID id = job().id();
            if (board.mark(id).isEmpty()) {
                JobMark mark = new JobMark(JobMark.VERSION, id, JobMark.Kind.NO_RETURN, why, clock.instant());
                awaitRead(UNTIL_STOPPED.call(() -> sender.mark(mark)));
            }
            stopIfCancelled();
        }

        private void stopIfCancelled() {
            board.mark(job().id())
                    .filter(mark -> mark.kind() == JobMark.Kind.CANCELLATION)
                    .ifPresent(mark -> {
                        throw new JobCancelledException(mark.text());
                    });
        }

        private synchronized Job begun(String phase, Progress progress) {
            pace.restart();
            latest = latest.at(phase, progress);
            return latest;
        }

        private synchronized Job moved(Progress progress) {
            Long seconds = pace.remainingSeconds(progress, System.nanoTime());
            latest = latest.at(latest.phase(), progress.withRemaining(seconds));
            return latest;
        }

        private synchronized boolean isDue() {
            long nanos = System.nanoTime();
            if (nanos - toldNanos < TELL_EVERY.toNanos()) {
                return false;
            }
            toldNanos = nanos;
            return true;
        }

        /** Progress is news for a moment only: what cannot be sent is followed by something newer. */
        private void tellOrForget(Job now) {
            try {
                boolean ended =
                        board.find(now.id()).map(job -> job.state().hasEnded()).orElse(false);
                if (!ended) {
                    sender.tell(now);
                }
            } catch (DependencyUnavailableException away) {
                log.debug("progress_not_told id={} cause={}", now.id(), away.getMessage());
            } finally {
                telling.release();
            }
        }
    }
}
