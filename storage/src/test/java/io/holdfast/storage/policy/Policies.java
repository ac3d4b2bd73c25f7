package io.holdfast.storage.policy;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.holdfast.failover.policy.FailoverPolicy;
import io.holdfast.failover.policy.PolicyFile;
import io.holdfast.failover.policy.PolicyProblem;
import io.holdfast.failover.policy.PolicyReading.Accepted;
import io.holdfast.failover.policy.PolicyReading.Refused;

/** Policies as a person writes them. */
final class Policies {

    private Policies() {}

    /** @param settings of the dependency cassandra: {@code timeout: 3s, consistency: one} */
    static FailoverPolicy cassandra(String settings) {
        String yaml = "failover: { dependencies: { cassandra: { " + settings + " } } }";
        return switch (PolicyFile.read("failover.yml", yaml.getBytes(StandardCharsets.UTF_8))) {
            case Accepted(FailoverPolicy policy) -> policy;
            case Refused(List<PolicyProblem> problems) -> throw new AssertionError(problems);
        };
    }
}
