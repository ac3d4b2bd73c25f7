package io.holdfast.failover.policy;

import java.util.List;

/** What came of reading a policy: all of it, or everything that is wrong with it. */
public sealed interface PolicyReading {

    record Accepted(FailoverPolicy policy) implements PolicyReading {}

    record Refused(List<PolicyProblem> problems) implements PolicyReading {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
