package io.holdfast.backup.restore;

import java.util.List;
import java.util.UUID;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.backup.job.Job;
import io.holdfast.backup.job.JobAccepted;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobSender;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.UnreadableManifestException;
import io.holdfast.backup.table.Cluster;
import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.problem.FieldError;
import io.holdfast.doors.problem.ProblemException;

/** Restores: asked for by operators. */
@RestController
@RequestMapping("/api/restores")
class RestoreController {
    private final Repository repository;
    private final Cluster cluster;
    private final JobSender jobs;

    RestoreController(Repository repository, Cluster cluster, JobSender jobs) {
        this.repository = repository;
        this.cluster = cluster.inHaste();
        this.jobs = jobs;
    }

    @PostMapping
    ResponseEntity<Job> restore(@RequestBody RestoreRequest request, Caller caller) {
        caller.requireOperator();
        Manifest manifest = manifest(request.requiredBackupId());
        JobOrder.Restore order = request.order(manifest, cluster);
        return JobAccepted.answer(jobs.order(order, caller.subject()));
    }

    private Manifest manifest(UUID id) {
        try {
            return repository.manifest(id).orElseThrow(() -> unknown(id));
        } catch (UnreadableManifestException damaged) {
            throw ProblemException.unprocessable("backupId", "names a damaged backup. " + damaged.getMessage());
        }
    }

    private static ProblemException unknown(UUID id) {
        String message = "names no backup (%s): GET /api/backups lists those there are".formatted(id);
        return new ProblemException(
                HttpStatus.NOT_FOUND, "Not found", "backupId " + message, List.of(new FieldError("backupId", message)));
    }
}
