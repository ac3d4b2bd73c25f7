package io.holdfast.failover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.holdfast.failover.policy.CassandraPolicy.Consistency;
import io.holdfast.failover.policy.CassandraPolicy.Datacenter;
import io.holdfast.failover.policy.CassandraPolicy.SerialConsistency;
import io.holdfast.failover.policy.CassandraPolicy.SpeculativeExecution;
import io.holdfast.failover.policy.PolicyReading.Accepted;
import io.holdfast.failover.policy.PolicyReading.Refused;

class CassandraPolicyTest {

    @Test
    void readsEveryKeyOfCassandra() {
        FailoverPolicy policy = accepted("""
                timeout: 3s
                      consistency: all
                      serial-consistency: local-serial
                      speculative-execution: { enabled: true, after: 50ms, executions: 2 }
                      datacenter: { first: dc2, failover: false }""");

        assertThat(policy.cassandra())
                .isEqualTo(new CassandraPolicy(
                        Consistency.ALL,
                        SerialConsistency.LOCAL_SERIAL,
                        new SpeculativeExecution(true, Duration.ofMillis(50), 2),
                        new Datacenter("dc2", false)));
        assertThat(policy.of("cassandra").timeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @EnumSource(Consistency.class)
    void takesEveryConsistencyByTheNameItHasInTheFile(Consistency consistency) {
        assertThat(accepted("consistency: " + consistency.label()).cassandra().consistency())
                .isEqualTo(consistency);
        assertThat(consistency.label())
                .isEqualTo(consistency.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @ParameterizedTest
    @EnumSource(Tolerance.class)
    void takesFromThePresetWhatIsNotGiven(Tolerance tolerance) {
        FailoverPolicy policy = policy("failover: { tolerance: "
                + tolerance.name().toLowerCase(Locale.ROOT).replace('_', '-') + ", dependencies: { cassandra: } }");

        assertThat(policy.cassandra())
                .isEqualTo(tolerance.cassandra())
                .isEqualTo(new CassandraPolicy(
                        Consistency.LOCAL_QUORUM,
                        SerialConsistency.SERIAL,
                        new SpeculativeExecution(false, Duration.ofMillis(200), 1),
                        new Datacenter("local", tolerance != Tolerance.NONE)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            consistency: each-quorum                    | consistency                      | 'each-quorum' is unknown             | all, local-one, local-quorum, one, quorum
            consistency:                                | consistency                      | has no value                         | all, local-one, local-quorum, one, quorum
            serial-consistency: quorum                  | serial-consistency               | 'quorum' is unknown                  | local-serial, serial
            speculative-execution: { enabled: maybe }   | speculative-execution.enabled    | 'maybe' is unknown                   | false, true
            speculative-execution: { after: 200 }       | speculative-execution.after      | '200' has no unit                    | 1ms to 1m (units ms, s, m)
            speculative-execution: { after: 3s }        | speculative-execution.after      | '3s' is not before the timeout       | less than 2000ms
            speculative-execution: { executions: 0 }    | speculative-execution.executions | '0' is too small                     | 1 to 10
            datacenter: { first: a b }                  | datacenter.first                 | 'a b' is not a data centre's name    | local, or the name of a data centre
            datacenter: { failover: yes please }        | datacenter.failover              | 'yes please' is unknown              | false, true
            """)
    void refusesAValueAndSaysWhatIsAllowed(String line, String key, String reason, String allowed) {
        assertThat(refused("cassandra", line))
                .containsExactly(new PolicyProblem(
                        "failover.yml", 4, "failover.dependencies.cassandra." + key, reason, allowed));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kafka            | consistency: quorum                       | consistency
            cassandra-schema | datacenter: { first: dc2 }                | datacenter.first
            user-service     | speculative-execution: { enabled: true }  | speculative-execution.enabled
            """)
    void refusesAKeyOfCassandraAtAnotherDependency(String dependency, String line, String key) {
        assertThat(refused(dependency, line))
                .containsExactly(new PolicyProblem(
                        "failover.yml",
                        4,
                        "failover.dependencies." + dependency + "." + key,
                        "is a key of cassandra only",
                        Settings.KEYS));
    }

    @Test
    void listsTheKeysOfCassandraWhereOneIsUnknown() {
        assertThat(refused("cassandra", "datacenters: dc2")).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo("unknown key");
            assertThat(problem.allowed()).contains("timeout", "consistency", "datacenter.first");
        });
    }

    private static FailoverPolicy accepted(String lines) {
        return policy(dependency("cassandra", lines));
    }

    private static FailoverPolicy policy(String yaml) {
        return switch (read(yaml)) {
            case Accepted(FailoverPolicy policy) -> policy;
            case Refused(List<PolicyProblem> problems) -> throw new AssertionError(problems);
        };
    }

    private static List<PolicyProblem> refused(String dependency, String line) {
        return switch (read(dependency(dependency, line))) {
            case Refused(List<PolicyProblem> problems) -> problems;
            case Accepted(FailoverPolicy policy) -> throw new AssertionError("accepted: " + policy);
        };
    }

    private static String dependency(String name, String lines) {
        return "failover:\n  dependencies:\n    " + name + ":\n      " + lines + "\n";
    }

    private static PolicyReading read(String yaml) {
        return PolicyFile.read("failover.yml", yaml.getBytes(StandardCharsets.UTF_8));
    }
}
