package io.holdfast.backup.job;

import java.util.UUID;

import org.springframework.context.event.EventListener;

import io.holdfast.backup.audit.Audit;
import io.holdfast.backup.audit.AuditEntry.Action;
import io.holdfast.backup.audit.AuditEntry.Outcome;
import io.holdfast.backup.audit.Deed;
import io.holdfast.doors.problem.ProblemException;

/** Enters each job in the audit log before it begins and when it ends. */
public class AuditedJobs {
    private final Audit audit;

    public AuditedJobs(Audit audit) {
        this.audit = audit;
    }

    @EventListener
    void on(JobBegins event) {
        JobCommand command = event.command();
        try {
            audit.begun(deed(command.id(), command.order(), command.requestedBy()));
        } catch (ProblemException refused) {
            throw new JobFailedException(refused.detail());
        }
    }

    @EventListener
    void on(JobEnds event) {
        Job job = event.job();
        Outcome outcome = switch (job.state()) {
            case SUCCEEDED -> Outcome.SUCCEEDED;
            case CANCELLED -> Outcome.CANCELLED;
            case FAILED, QUEUED, RUNNING -> Outcome.FAILED;
        };
        Deed deed = new Deed(action(job.kind()), job.requestedBy(), job.id(), job.backupId(), null);
        audit.ended(deed, outcome, job.reason());
    }

    /** A job as the audit log knows it. */
    static Deed deed(UUID id, JobOrder order, String by) {
        return switch (order) {
            case JobOrder.Backup backup ->
                new Deed(
                        Action.BACKUP,
                        by,
                        id,
                        id,
                        "keyspaces %s, tables %s".formatted(backup.keyspaces(), backup.tables()));
            case JobOrder.Restore restore ->
                new Deed(
                        Action.RESTORE,
                        by,
                        id,
                        restore.backupId(),
                        "into %s, tables %s".formatted(restore.into(), restore.tables()));
            case JobOrder.Verification verification ->
                new Deed(Action.VERIFICATION, by, id, verification.backupId(), null);
        };
    }

    static Action action(JobKind kind) {
        return switch (kind) {
            case BACKUP -> Action.BACKUP;
            case RESTORE -> Action.RESTORE;
            case VERIFICATION -> Action.VERIFICATION;
        };
    }
}
