package io.holdfast.failover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.holdfast.failover.policy.PolicyReading.Accepted;
import io.holdfast.failover.policy.PolicyReading.Refused;

class PolicyRefusalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            timeout: 800                           | timeout                         | '800' has no unit                       | 10ms to 5m (units ms, s, m)
            timeout: 1ms                           | timeout                         | '1ms' is too small                      | 10ms to 5m (units ms, s, m)
            timeout: 6m                            | timeout                         | '6m' is too large                       | 10ms to 5m (units ms, s, m)
            timeout: 2h                            | timeout                         | '2h' is not a duration                  | 10ms to 5m (units ms, s, m)
            timeout: -5s                           | timeout                         | '-5s' is not a duration                 | 10ms to 5m (units ms, s, m)
            timeout:                               | timeout                         | has no value                            | 10ms to 5m (units ms, s, m)
            retry: { attempts: 0 }                 | retry.attempts                  | '0' is too small                        | 1 to 10
            retry: { attempts: 2.5 }               | retry.attempts                  | '2.5' is not a whole number             | 1 to 10
            retry: { attempts: many }              | retry.attempts                  | 'many' is not a whole number            | 1 to 10
            retry: { jitter: 1 }                   | retry.jitter                    | '1' is too large                        | 0.0 to 0.99
            retry: { multiplier: x }               | retry.multiplier                | 'x' is not a number                     | 1.0 to 10.0
            circuit-breaker: { failure-rate: 50 }  | circuit-breaker.failure-rate    | '50' has no % sign                      | 1% to 100%
            circuit-breaker: { failure-rate: 0% }  | circuit-breaker.failure-rate    | '0%' is too small                       | 1% to 100%
            circuit-breaker: { failure-rate: 999%} | circuit-breaker.failure-rate    | '999%' is too large                     | 1% to 100%
            circuit-breaker: { failure-rate: half} | circuit-breaker.failure-rate    | 'half' is not a percentage              | 1% to 100%
            circuit-breaker: { enabled: maybe }    | circuit-breaker.enabled         | 'maybe' is unknown                      | false, true
            bulkhead: { concurrent-calls: 10001 }  | bulkhead.concurrent-calls       | '10001' is too large                    | 1 to 10000
            routing: random                        | routing                         | 'random' is unknown                     | active-passive, consistent-hash, hot-standby, round-robin, zone
            routing:                               | routing                         | has no value                            | active-passive, consistent-hash, hot-standby, round-robin, zone
            fallback: stale                        | fallback                        | 'stale' is unknown                      | cached, fail, queue
            fallback: queue                        | fallback                        | 'queue' is for user-service only: its orders can be completed later | fail
            fallback: cached                       | fallback                        | 'cached' is not for kafka: nothing keeps what it answered | fail
            """)
    void refusesAValueAndSaysWhatIsAllowed(String line, String key, String reason, String allowed) {
        assertThat(problems(dependency(line)))
                .containsExactly(
                        new PolicyProblem("failover.yml", 4, "failover.dependencies.kafka." + key, reason, allowed));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            timeout: soon, circuit-breaker: { slow-call: 25s }                 | failover.dependencies.kafka.timeout
            circuit-breaker: { window: many, minimum-calls: 500 }              | failover.dependencies.kafka.circuit-breaker.window
            """)
    void comparesNothingWithThePresetInThePlaceOfARefusedValue(String settings, String key) {
        assertThat(problems("failover: { dependencies: { kafka: { " + settings + " } } }"))
                .singleElement()
                .extracting(PolicyProblem::key)
                .isEqualTo(key);
    }

    @Test
    void comparesNothingWithThePresetInThePlaceOfARefusedTolerance() {
        String slow = "dependencies: { kafka: { circuit-breaker: { slow-call: 25s } } } }";

        assertThat(problems("failover: { tolerance: non, " + slow))
                .singleElement()
                .extracting(PolicyProblem::key)
                .isEqualTo("failover.tolerance");
        assertThat(problems("failover: { tolerance: fault-tolerant, " + slow))
                .singleElement()
                .extracting(PolicyProblem::reason)
                .isEqualTo("'25s' is longer than the timeout");
    }

    @Test
    void refusesAnUnknownKeyOfADependencyAndListsTheKeys() {
        PolicyProblem problem = problems(dependency("time-out: 800ms")).getFirst();

        assertThat(problem.key()).isEqualTo("failover.dependencies.kafka.time-out");
        assertThat(problem.line()).isEqualTo(4);
        assertThat(problem.reason()).isEqualTo("unknown key");
        assertThat(problem.allowed()).contains("timeout", "retry.attempts", "bulkhead.concurrent-calls");
    }

    @ParameterizedTest
    @CsvSource({"timeOut: 1s", "Timeout: 1s", "retry: 3", "circuit-breaker: { window: { a: 1 } }", "timeout: [1s]"})
    void refusesKeysThatOnlyLookLikeKnownOnes(String line) {
        assertThat(problems(dependency(line)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).isEqualTo("unknown key"));
    }

    @ParameterizedTest
    @CsvSource({"failovr: { tolerance: none },failovr.tolerance", "failover: { tolerant: none },failover.tolerant"})
    void refusesAnUnknownKeyAtTheTop(String yaml, String key) {
        assertThat(problems(yaml))
                .containsExactly(new PolicyProblem(
                        "failover.yml",
                        1,
                        key,
                        "unknown key",
                        "failover.tolerance, failover.dependencies.<name>.<setting>, failover.admission.<setting>"));
    }

    @Test
    void refusesAnUnknownTolerance() {
        assertThat(problems("failover: { tolerance: some }").getFirst().toString())
                .isEqualTo("failover.yml:1 failover.tolerance: 'some' is unknown;"
                        + " allowed: fault-tolerant, high-availability, none");
    }

    @Test
    void refusesANameThatIsNone() {
        assertThat(problems("failover: { dependencies: { Kafka 1: { timeout: 1s } } }")
                        .getFirst()
                        .reason())
                .isEqualTo("'Kafka 1' is not a dependency's name");
    }

    @Test
    void refusesAPlaceholder() {
        assertThat(problems(dependency("timeout: ${TIMEOUT}")).getFirst().reason())
                .isEqualTo("'${TIMEOUT}' is a placeholder; a policy holds plain values");
    }

    @Test
    void refusesASlowCallAboveTheTimeout() {
        assertThat(problems(dependency("{ timeout: 1s, circuit-breaker: { slow-call: 2s } }")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.reason()).isEqualTo("'2s' is longer than the timeout");
                    assertThat(problem.allowed()).isEqualTo("at most 1000ms");
                });
    }

    @Test
    void refusesMoreMinimumCallsThanTheWindowHolds() {
        assertThat(problems(dependency("circuit-breaker: { window: 5, minimum-calls: 6 }")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.allowed()).isEqualTo("at most 5"));
    }

    @Test
    void refusesWhatIsNotYamlAndNamesTheLine() {
        PolicyProblem problem =
                problems("failover:\n  tolerance: none\n dependencies: {}\n").getFirst();

        assertThat(problem.line()).isEqualTo(3);
        assertThat(problem.reason()).startsWith("not YAML");
    }

    @Test
    void refusesAKeyThatIsGivenTwice() {
        PolicyProblem problem =
                problems(dependency("timeout: 1s\n      timeout: 2s")).getFirst();

        assertThat(problem.line()).isEqualTo(5);
        assertThat(problem.reason()).isEqualTo("not YAML: found duplicate key timeout");
    }

    @Test
    void refusesTextThatIsNoMapping() {
        assertThat(problems("just words")).hasSize(1);
        assertThat(problems("- a\n- b\n")).hasSize(2);
    }

    @Test
    void listsAllProblemsInTheOrderOfTheFile() {
        List<PolicyProblem> problems = problems("""
                failover:
                  tolerance: some
                  dependencies:
                    kafka: { timeout: 5 }
                    cassandra:
                      retries: 3
                      routing: nearest
                """);

        assertThat(problems).extracting(PolicyProblem::line).containsExactly(2, 4, 6, 7);
    }

    private static String dependency(String line) {
        return "failover:\n  dependencies:\n    kafka:\n      " + line + "\n";
    }

    private static List<PolicyProblem> problems(String yaml) {
        PolicyReading reading = PolicyFile.read("failover.yml", yaml.getBytes(StandardCharsets.UTF_8));
        return switch (reading) {
            case Refused(List<PolicyProblem> problems) -> problems;
            case Accepted(FailoverPolicy policy) -> throw new AssertionError("accepted: " + policy);
        };
    }
}
