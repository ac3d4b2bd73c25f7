package io.holdfast.backup.retention;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.problem.ProblemException;

/** Applies the retention of schedules when an operator asks for it, or tells what that would remove. */
@RestController
@RequestMapping("/api/backups/prunings")
class PruningController {
    private final Pruner pruner;

    PruningController(Pruner pruner) {
        this.pruner = pruner;
    }

    @PostMapping
    Pruning prune(@RequestBody(required = false) @Nullable PruningRequest body, Caller caller) {
        caller.requireOperator();
        PruningRequest request = body == null ? new PruningRequest(null, null) : body;
        Set<String> schedules = request.schedule() == null ? pruner.schedules() : Set.of(known(request.schedule()));
        return pruner.prune(schedules, !Boolean.FALSE.equals(request.dryRun()), caller.subject());
    }

    private String known(String schedule) {
        if (!pruner.schedules().contains(schedule)) {
            throw ProblemException.unprocessable(
                    "schedule",
                    "names no schedule with a retention (%s): backup.schedules of the configuration has %s"
                            .formatted(schedule, pruner.schedules()));
        }
        return schedule;
    }
}
