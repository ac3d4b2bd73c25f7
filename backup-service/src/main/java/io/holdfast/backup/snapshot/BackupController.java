package io.holdfast.backup.snapshot;

import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.backup.BackupProperties;
import io.holdfast.backup.audit.Audit;
import io.holdfast.backup.audit.AuditEntry.Action;
import io.holdfast.backup.audit.Deed;
import io.holdfast.backup.job.Job;
import io.holdfast.backup.job.JobAccepted;
import io.holdfast.backup.job.JobBoard;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobSender;
import io.holdfast.backup.repository.Depth;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.table.Catalog;
import io.holdfast.backup.table.Cluster;
import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.page.Page;
import io.holdfast.doors.page.PageLimit;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;

/** Backups: asked for, listed, verified, removed. For operators. */
@RestController
@RequestMapping("/api/backups")
class BackupController {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Backups backups;
    private final Repository repository;
    private final Cluster cluster;
    private final JobSender jobs;
    private final JobBoard board;
    private final Audit audit;
    private final BackupProperties properties;

    BackupController(
            Backups backups,
            Repository repository,
            Cluster cluster,
            JobSender jobs,
            JobBoard board,
            Audit audit,
            BackupProperties properties) {
        this.backups = backups;
        this.repository = repository;
        this.cluster = cluster.inHaste();
        this.jobs = jobs;
        this.board = board;
        this.audit = audit;
        this.properties = properties;
    }

    @PostMapping
    ResponseEntity<Job> take(@RequestBody(required = false) @Nullable BackupRequest body, Caller caller) {
        caller.requireOperator();
        BackupRequest request = body == null ? new BackupRequest(null, null) : body;
        JobOrder.Backup order = request.order(properties.keyspaces(), new Catalog(cluster));
        return JobAccepted.answer(jobs.order(order, caller.subject()));
    }

    @GetMapping
    Page<BackupView> list(
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        caller.requireOperator();
        PageLimit.check(limit);
        return backups.page(limit, cursor);
    }

    @GetMapping("/{id}")
    BackupView backup(@PathVariable UUID id, Caller caller) {
        caller.requireOperator();
        return backups.find(id).orElseThrow(() -> unknown(id));
    }

    @PostMapping("/{id}/verifications")
    ResponseEntity<Job> verify(
            @PathVariable UUID id, @RequestBody(required = false) @Nullable VerificationRequest body, Caller caller) {
        caller.requireOperator();
        Depth depth = body == null ? Depth.FULL : body.depthOrDefault();
        requireKnown(id);
        return JobAccepted.answer(jobs.order(new JobOrder.Verification(id, depth), caller.subject()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, Caller caller) {
        caller.requireOperator();
        requireKnown(id);
        requireNotNeeded(id);
        // Whoever was faster has removed it just as well.
        audit.change(new Deed(Action.DELETION, caller.subject(), null, id, null), () -> repository.delete(id));
    }

    /** Backups from now on are encrypted with a new key; those there are stay readable. */
    @PostMapping("/keys")
    @ResponseStatus(HttpStatus.CREATED)
    RenewedKeys renewKeys(Caller caller) {
        caller.requireOperator();
        Deed deed = new Deed(Action.KEY_RENEWAL, caller.subject(), null, null, null);
        return new RenewedKeys(audit.change(deed, repository::renewKeys));
    }

    /**
     * Tells that the newest key is in use.
     *
     * @param sealingKeys how many there are now, the earlier ones included
     */
    record RenewedKeys(int sealingKeys) {}

    /** A restore that is taken up after its worker died needs its backup once more. */
    private void requireNotNeeded(UUID id) {
        if (!board.isComplete()) {
            throw new DependencyUnavailableException("kafka", Reason.FAILED, SOON, null);
        }
        if (board.isNeeded(id)) {
            throw ProblemException.conflict(
                    "A job restores or verifies backup %s, or is going to: wait for its end, or cancel it"
                            .formatted(id));
        }
    }

    private void requireKnown(UUID id) {
        if (!repository.has(id)) {
            throw unknown(id);
        }
    }

    private static ProblemException unknown(UUID id) {
        return ProblemException.notFound("There is no backup %s: GET /api/backups lists those there are".formatted(id));
    }
}
