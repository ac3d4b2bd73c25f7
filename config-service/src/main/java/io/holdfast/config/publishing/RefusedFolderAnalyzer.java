package io.holdfast.config.publishing;

import java.util.stream.Collectors;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.holdfast.failover.policy.PolicyProblem;

/** Says in plain words why config-service has nothing to serve. */
final class RefusedFolderAnalyzer extends AbstractFailureAnalyzer<RefusedFolderException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RefusedFolderException cause) {
        String problems = cause.problems().stream()
                .map(PolicyProblem::toString)
                .collect(Collectors.joining(System.lineSeparator()));
        return new FailureAnalysis(
                "The configuration was refused, and there is no earlier version to serve:"
                        + System.lineSeparator()
                        + problems,
                "Mend the files named above.",
                cause);
    }
}
