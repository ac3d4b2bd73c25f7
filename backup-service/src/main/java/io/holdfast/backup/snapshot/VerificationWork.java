package io.holdfast.backup.snapshot;

import java.time.InstantSource;
import java.util.List;

import io.holdfast.backup.job.JobCommand;
import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.JobWork;
import io.holdfast.backup.repository.Holds;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.Verdict;

/** Reads a backup back in full, and remembers what it found. */
public final class VerificationWork implements JobWork<JobOrder.Verification> {
    private final Repository repository;
    private final Verifier verifier;
    private final InstantSource clock;

    public VerificationWork(Repository repository, Verifier verifier, InstantSource clock) {
        this.repository = repository;
        this.verifier = verifier;
        this.clock = clock;
    }

    @Override
    public Class<JobOrder.Verification> orders() {
        return JobOrder.Verification.class;
    }

    @Override
    public void run(JobCommand command, JobOrder.Verification order, JobReport report) {
        try (Holds.Hold _ = repository.hold(command.id())) {
            Manifest manifest = repository
                    .manifest(order.backupId())
                    .orElseThrow(() -> new JobFailedException("There is no backup " + order.backupId()));
            List<String> damage = verifier.damage(manifest.tables(), report);
            repository.keep(manifest.id(), new Verdict(clock.instant(), damage));
            if (!damage.isEmpty()) {
                throw new JobFailedException(Verifier.reason(damage));
            }
        }
    }
}
