package io.holdfast.config.publishing;

import java.util.List;

import io.holdfast.failover.policy.PolicyProblem;

/** The folder is wrong and there is no earlier version to serve. */
final class RefusedFolderException extends RuntimeException {

    private final List<PolicyProblem> problems;

    RefusedFolderException(List<PolicyProblem> problems) {
        super("refused: " + problems);
        this.problems = List.copyOf(problems);
    }

    List<PolicyProblem> problems() {
        return problems;
    }
}
