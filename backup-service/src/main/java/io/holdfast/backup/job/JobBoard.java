package io.holdfast.backup.job;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/** What this instance knows of all jobs, from the commands and events on Kafka and from what it does itself. */
public final class JobBoard {
    /** Newest first. */
    static final Comparator<Job> ORDER =
            Comparator.comparing(Job::queuedAt).thenComparing(Job::id).reversed();

    private final ConcurrentMap<UUID, Job> jobs = new ConcurrentHashMap<>();
    private final ConcurrentMap<UUID, JobMark> marks = new ConcurrentHashMap<>();
    private final CountDownLatch complete = new CountDownLatch(1);
    private long eventsRead;

    /** Takes news of a job; a state that is further on stays, in whatever order the news arrive. */
    public void accept(Job news) {
        jobs.compute(
                news.id(),
                (id, known) -> stopped(known == null || news.state().compareTo(known.state()) >= 0 ? news : known));
    }

    /** Takes a mark on a job; the first counts. A job that waits and is cancelled has ended. */
    void accept(JobMark mark) {
        marks.putIfAbsent(mark.id(), mark);
        jobs.computeIfPresent(mark.id(), (id, job) -> stopped(job));
    }

    /** The mark on a job that counts. */
    Optional<JobMark> mark(UUID id) {
        return Optional.ofNullable(marks.get(id));
    }

    public Optional<Job> find(UUID id) {
        return Optional.ofNullable(jobs.get(id)).map(this::withCanceller);
    }

    /** All jobs of a kind in a state, the newest first; null for any. */
    List<Job> list(@Nullable JobKind kind, @Nullable JobState state) {
        return jobs.values().stream()
                .filter(job -> (kind == null || job.kind() == kind) && (state == null || job.state() == state))
                .sorted(ORDER)
                .map(this::withCanceller)
                .toList();
    }

    /** The place of a job among those that wait, 1 for the one that was asked for first; nothing when it does not wait. */
    Optional<Integer> position(Job job) {
        if (job.state() != JobState.QUEUED) {
            return Optional.empty();
        }
        long earlier = jobs.values().stream()
                .filter(other -> other.state() == JobState.QUEUED && ORDER.compare(other, job) > 0)
                .count();
        return Optional.of(Math.toIntExact(earlier + 1));
    }

    /** How many jobs of a kind are in a state. */
    public long count(JobKind kind, JobState state) {
        return jobs.values().stream()
                .filter(job -> job.kind() == kind && job.state() == state)
                .count();
    }

    /** How many jobs of a kind on a backup have ended, well or not. */
    public long ended(JobKind kind, UUID backupId) {
        return jobs.values().stream()
                .filter(job -> job.kind() == kind
                        && job.backupId().equals(backupId)
                        && job.state().hasEnded())
                .count();
    }

    /** Whether a job that has not ended restores or verifies a backup. */
    public boolean isNeeded(UUID backupId) {
        return jobs.values().stream()
                .anyMatch(job -> job.kind() != JobKind.BACKUP
                        && job.backupId().equals(backupId)
                        && !job.state().hasEnded());
    }

    /** Whether all that was known when this instance started has been read. */
    public boolean isComplete() {
        return complete.getCount() == 0;
    }

    void complete() {
        complete.countDown();
    }

    void awaitComplete() throws InterruptedException {
        complete.await();
    }

    /** All events up to an offset, and that one, are on the board. */
    synchronized void read(long offset) {
        eventsRead = Math.max(eventsRead, offset + 1);
        notifyAll();
    }

    /**
     * Waits until the event of an offset is on the board, and so all that came before it.
     *
     * @return false when it took longer than the bound
     */
    synchronized boolean awaitRead(long offset, Duration bound) throws InterruptedException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (eventsRead <= offset) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** A job that waits ends with its cancellation: every board that has both says so, and no worker begins it. */
    private Job stopped(Job job) {
        JobMark mark = marks.get(job.id());
        return mark != null && mark.kind() == JobMark.Kind.CANCELLATION && job.state() == JobState.QUEUED
                ? job.cancelled(mark.text(), mark.at())
                : job;
    }

    private Job withCanceller(Job job) {
        JobMark mark = marks.get(job.id());
        return mark != null
                        && mark.kind() == JobMark.Kind.CANCELLATION
                        && !job.state().hasEnded()
                ? job.cancelledBy(mark.text())
                : job;
    }
}
