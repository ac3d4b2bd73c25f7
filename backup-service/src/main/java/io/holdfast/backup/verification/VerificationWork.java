package io.holdfast.backup.verification;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import io.holdfast.backup.job.JobCommand;
import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.JobWork;
import io.holdfast.backup.repository.Depth;
import io.holdfast.backup.repository.Holds;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.UnreadableManifestException;
import io.holdfast.backup.repository.Verdict;
import io.holdfast.backup.snapshot.Verifier;

/** Verifies a backup as deep as was asked for, and remembers what it found. */
public final class VerificationWork implements JobWork<JobOrder.Verification> {
    private final Repository repository;
    private final Verifier verifier;
    private final Rehearsal rehearsal;
    private final InstantSource clock;

    /** Restores a backup where nobody looks, and gives one line for each table that does not come back as it is in the backup. */
    @FunctionalInterface
    public interface Rehearsal {
        List<String> damage(UUID job, Manifest manifest, JobReport report);
    }

    public VerificationWork(Repository repository, Verifier verifier, Rehearsal rehearsal, InstantSource clock) {
        this.repository = repository;
        this.verifier = verifier;
        this.rehearsal = rehearsal;
        this.clock = clock;
    }

    @Override
    public Class<JobOrder.Verification> orders() {
        return JobOrder.Verification.class;
    }

    @Override
    public void letGo(JobCommand command) {
        repository.upkeep().release(command.id());
    }

    @Override
    public void run(JobCommand command, JobOrder.Verification order, JobReport report) {
        try (Holds.Hold _ = repository.hold(command.id())) {
            Instant began = clock.instant();
            List<String> damage = damage(command.id(), order, report);
            repository.keep(order.backupId(), new Verdict(order.depth(), clock.instant(), damage), began);
            if (!damage.isEmpty()) {
                throw new JobFailedException(Verifier.reason(damage));
            }
        }
    }

    private List<String> damage(UUID job, JobOrder.Verification order, JobReport report) {
        Manifest manifest;
        try {
            manifest = repository
                    .manifest(order.backupId())
                    .orElseThrow(() -> new JobFailedException("There is no backup " + order.backupId()));
        } catch (UnreadableManifestException unreadable) {
            return List.of(String.valueOf(unreadable.getMessage()));
        }
        if (order.depth() == Depth.STRUCTURE) {
            return verifier.structuralDamage(manifest.tables(), report);
        }
        List<String> damage = verifier.damage(manifest.tables(), report);
        return damage.isEmpty() && order.depth() == Depth.RESTORE ? rehearsal.damage(job, manifest, report) : damage;
    }
}
