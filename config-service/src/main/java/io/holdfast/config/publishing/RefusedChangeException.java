package io.holdfast.config.publishing;

import java.util.List;

import io.holdfast.failover.policy.PolicyProblem;

/** What an operator sent is wrong, and changed nothing. */
public final class RefusedChangeException extends RuntimeException {

    private final transient List<PolicyProblem> problems;

    RefusedChangeException(List<PolicyProblem> problems) {
        super("refused: " + problems, null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order of the files. */
    public List<PolicyProblem> problems() {
        return problems;
    }
}
