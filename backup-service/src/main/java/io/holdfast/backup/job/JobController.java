package io.holdfast.backup.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.UnreadableManifestException;
import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.page.Page;
import io.holdfast.doors.page.PageLimit;
import io.holdfast.doors.problem.ProblemException;

/** How jobs are getting on, which there were, and an end to one. For operators. */
@RestController
@RequestMapping("/api/jobs")
class JobController {
    private static final Duration SOON = Duration.ofSeconds(2);
    private final JobBoard board;
    private final JobCancellations cancellations;
    private final Repository repository;

    JobController(JobBoard board, JobCancellations cancellations, Repository repository) {
        this.board = board;
        this.cancellations = cancellations;
        this.repository = repository;
    }

    /** The newest first. */
    @GetMapping
    Page<JobView> list(
            @RequestParam(required = false) @Nullable JobKind kind,
            @RequestParam(required = false) @Nullable JobState state,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        caller.requireOperator();
        PageLimit.check(limit);
        if (!board.isComplete()) {
            throw stillReading();
        }
        List<Job> all = board.list(kind, state);
        if (cursor != null) {
            Job last = lastSeen(cursor);
            all = all.stream()
                    .filter(job -> JobBoard.ORDER.compare(job, last) > 0)
                    .toList();
        }
        List<Job> items = all.subList(0, Math.min(limit, all.size()));
        String next = items.size() < all.size() ? items.getLast().id().toString() : null;
        return new Page<>(items, next).map(this::view);
    }

    @GetMapping("/{id}")
    JobView job(@PathVariable UUID id, Caller caller) {
        caller.requireOperator();
        return view(find(id));
    }

    /** 200 when the job has been cancelled, 202 when it stops at the end of the slice it is at. */
    @PostMapping("/{id}/cancellation")
    ResponseEntity<JobView> cancel(@PathVariable UUID id, Caller caller) {
        caller.requireOperator();
        Job job = cancellations.cancel(find(id), caller.subject());
        return job.state() == JobState.CANCELLED
                ? ResponseEntity.ok(view(job))
                : ResponseEntity.accepted().location(JobAccepted.location(job)).body(view(job));
    }

    private Job find(UUID id) {
        Optional<Job> known = board.find(id);
        if (known.isPresent() && known.get().state().hasEnded()) {
            return known.get();
        }
        // The manifest is what counts: an event that says so may be late, or long gone.
        try {
            Optional<Job> done = repository.manifest(id).map(manifest -> done(manifest, known));
            return done.or(() -> known).orElseThrow(() -> unknown(id));
        } catch (UnreadableManifestException damaged) {
            return known.orElseThrow(
                    () -> ProblemException.unprocessable("id", "names a damaged backup. " + damaged.getMessage()));
        }
    }

    private JobView view(Job job) {
        return new JobView(job, board.position(job).orElse(null));
    }

    /** By what the list was read up to; it may be in another state by now. */
    private Job lastSeen(String cursor) {
        try {
            return board.find(UUID.fromString(cursor)).orElseThrow(JobController::badCursor);
        } catch (IllegalArgumentException noId) {
            throw badCursor();
        }
    }

    private static ProblemException badCursor() {
        return ProblemException.badField(
                "cursor", "must be the next of an earlier answer, or be left out to begin anew");
    }

    private ProblemException unknown(UUID id) {
        return board.isComplete() ? ProblemException.notFound("There is no job " + id) : stillReading();
    }

    private static ProblemException stillReading() {
        return ProblemException.unavailable("The history of jobs is still being read", SOON);
    }

    private static Job done(Manifest manifest, Optional<Job> known) {
        return new Job(
                manifest.id(),
                JobKind.BACKUP,
                JobState.SUCCEEDED,
                "commit",
                new Progress(manifest.rows(), manifest.rows(), "rows"),
                manifest.id(),
                manifest.schedule(),
                manifest.requestedBy(),
                null,
                known.map(Job::queuedAt).orElse(manifest.startedAt()),
                manifest.startedAt(),
                manifest.endedAt(),
                null);
    }
}
