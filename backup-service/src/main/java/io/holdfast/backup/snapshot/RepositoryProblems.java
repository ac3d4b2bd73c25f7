package io.holdfast.backup.snapshot;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import io.holdfast.backup.key.WrongKeyException;
import io.holdfast.backup.repository.ForeignRepositoryException;
import io.holdfast.backup.repository.UnusableStoreException;
import io.holdfast.doors.problem.Problems;

/** Tells operators, who alone come as far as this, why the place of the backups cannot be used and what to do. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class RepositoryProblems {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryProblems.class);

    @ExceptionHandler({ForeignRepositoryException.class, UnusableStoreException.class, WrongKeyException.class})
    ProblemDetail on(RuntimeException unusable) {
        LOG.error("repository_unusable: {}", unusable.getMessage());
        return Problems.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Repository cannot be used",
                String.valueOf(unusable.getMessage()),
                List.of());
    }
}
