package io.holdfast.failover.live;

import java.time.Instant;
import java.util.List;

import io.holdfast.failover.policy.PolicyProblem;

/**
 * The last save that was refused. The first of its problems stands for all of them.
 *
 * @param line counted from 1; 0 when unknown
 * @param allowed what would be right; empty when the reason says it
 * @param problems all that is wrong, in the order of the file
 */
public record Refusal(
        String file, int line, String key, String reason, String allowed, Instant at, List<PolicyProblem> problems) {

    public Refusal {
        problems = List.copyOf(problems);
    }

    /** The refusal for a list with at least one problem. */
    public static Refusal of(List<PolicyProblem> problems, Instant at) {
        PolicyProblem first = problems.getFirst();
        return new Refusal(first.file(), first.line(), first.key(), first.reason(), first.allowed(), at, problems);
    }
}
