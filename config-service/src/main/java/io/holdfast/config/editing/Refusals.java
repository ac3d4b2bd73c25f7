package io.holdfast.config.editing;

import java.util.List;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import io.holdfast.config.publishing.RefusedChangeException;
import io.holdfast.doors.problem.Problems;
import io.holdfast.failover.policy.PolicyProblem;

/** Says 422 with file, line, key, reason and what would be right; the first problem stands for all. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Refusals {

    @ExceptionHandler
    ProblemDetail on(RefusedChangeException refused) {
        PolicyProblem first = refused.problems().getFirst();
        ProblemDetail problem =
                Problems.of(HttpStatus.UNPROCESSABLE_CONTENT, "Configuration refused", first.toString(), List.of());
        problem.setProperty("file", first.file());
        problem.setProperty("line", first.line());
        problem.setProperty("key", first.key());
        problem.setProperty("reason", first.reason());
        problem.setProperty("allowed", first.allowed());
        problem.setProperty("problems", refused.problems());
        return problem;
    }
}
