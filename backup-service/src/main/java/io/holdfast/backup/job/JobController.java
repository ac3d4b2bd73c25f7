package io.holdfast.backup.job;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.problem.ProblemException;

/** How jobs are getting on. */
@RestController
@RequestMapping("/api/jobs")
class JobController {
    private static final Duration SOON = Duration.ofSeconds(2);

    private final JobBoard board;
    private final Repository repository;

    JobController(JobBoard board, Repository repository) {
        this.board = board;
        this.repository = repository;
    }

    @GetMapping("/{id}")
    Job job(@PathVariable UUID id, Caller caller) {
        caller.requireOperator();
        Optional<Job> known = board.find(id);
        if (known.isPresent() && known.get().state().hasEnded()) {
            return known.get();
        }
        // The manifest is what counts: an event that says so may be late, or long gone.
        Optional<Job> done = repository.manifest(id).map(manifest -> done(manifest, known));
        return done.or(() -> known).orElseThrow(() -> unknown(id));
    }

    private ProblemException unknown(UUID id) {
        return board.isComplete()
                ? ProblemException.notFound("There is no job " + id)
                : ProblemException.unavailable("The history of jobs is still being read", SOON);
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
                manifest.endedAt());
    }
}
