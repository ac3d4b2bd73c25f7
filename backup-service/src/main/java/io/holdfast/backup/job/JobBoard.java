package io.holdfast.backup.job;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;

/** What this instance knows of all jobs, from the commands and events on Kafka and from what it does itself. */
public final class JobBoard {
    private final ConcurrentMap<UUID, Job> jobs = new ConcurrentHashMap<>();
    private final CountDownLatch complete = new CountDownLatch(1);

    /** Takes news of a job; a state that is further on stays, in whatever order the news arrive. */
    public void accept(Job news) {
        jobs.merge(news.id(), news, (known, latest) -> latest.state().compareTo(known.state()) < 0 ? known : latest);
    }

    public Optional<Job> find(UUID id) {
        return Optional.ofNullable(jobs.get(id));
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
}
