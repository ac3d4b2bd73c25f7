package io.holdfast.failover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.holdfast.failover.policy.PolicyReading.Accepted;
import io.holdfast.failover.policy.PolicyReading.Refused;

class AdmissionPolicyTest {

    @Test
    void readsEveryKey() {
        assertThat(read("""
                per-client: { enabled: true, requests: 7, per: 2s, burst: 9 }
                routes:
                  order-service: { requests: 500, per: 1s, burst: 600 }
                  user-service: { requests: 20, per: 1m, burst: 5 }
                concurrency: { enabled: true, initial: 20, minimum: 10, maximum: 30 }
                """))
                .isEqualTo(new AdmissionPolicy(
                        new PerClientPolicy(true, new RateLimit(7, Duration.ofSeconds(2), 9)),
                        Map.of(
                                "order-service", new RateLimit(500, Duration.ofSeconds(1), 600),
                                "user-service", new RateLimit(20, Duration.ofMinutes(1), 5)),
                        new ConcurrencyPolicy(true, 20, 10, 30)));
    }

    @ParameterizedTest
    @EnumSource(Tolerance.class)
    void takesFromThePresetWhatIsNotGiven(Tolerance tolerance) {
        String file = "failover: { tolerance: "
                + tolerance.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
                + ", admission: { per-client: , routes: , concurrency: } }";

        assertThat(accepted(file).admission()).isEqualTo(tolerance.admission());
    }

    @Test
    void theToleranceNoneLetsEverythingIn() {
        assertThat(Tolerance.NONE.admission().perClient().enabled()).isFalse();
        assertThat(Tolerance.NONE.admission().routes()).isEmpty();
        assertThat(Tolerance.NONE.admission().concurrency().enabled()).isFalse();
    }

    /** {@code ./holdfast load} has 16 requests under way. */
    @ParameterizedTest
    @EnumSource(Tolerance.class)
    void noPresetDisturbsAnImport(Tolerance tolerance) {
        ConcurrencyPolicy concurrency = tolerance.admission().concurrency();

        assertThat(concurrency.minimum()).isGreaterThan(16);
        assertThat(concurrency.initial()).isBetween(concurrency.minimum(), concurrency.maximum());
    }

    @ParameterizedTest
    @CsvSource({"per-client, 10, 20", "routes.order-service, 10, 10"})
    void theBurstFollowsTheRequestsWhenItIsNotGiven(String group, String requests, int burst) {
        AdmissionPolicy policy = accepted("failover.admission." + group + ".requests: " + requests)
                .admission();
        RateLimit rate = group.equals("per-client")
                ? policy.perClient().rate()
                : policy.routes().get("order-service");

        assertThat(rate).isEqualTo(new RateLimit(10, Duration.ofSeconds(1), burst));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            maximum: 16                | 16   | 16   | 16
            minimum: 1000              | 1000 | 1000 | 1000
            initial: 8                 | 8    | 8    | 512
            initial: 900               | 900  | 32   | 900
            minimum: 100, maximum: 200 | 100  | 100  | 200
            """)
    void thePresetGivesWayToWhatIsGiven(String given, int initial, int minimum, int maximum) {
        assertThat(read("concurrency: { " + given + " }").concurrency())
                .isEqualTo(new ConcurrencyPolicy(true, initial, minimum, maximum));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            per-client: { requests: 0 }                        | per-client.requests             | '0' is too small                       | 1 to 100000
            per-client: { per: 1 }                             | per-client.per                  | '1' has no unit                        | 100ms to 10m (units ms, s, m)
            per-client: { per: 1h }                            | per-client.per                  | '1h' is not a duration                 | 100ms to 10m (units ms, s, m)
            per-client: { burst: many }                        | per-client.burst                | 'many' is not a whole number           | 1 to 100000
            per-client: { enabled: sometimes }                 | per-client.enabled              | 'sometimes' is unknown                 | false, true
            routes: { order-service: { requests: 200000 } }    | routes.order-service.requests   | '200000' is too large                  | 1 to 100000
            routes: { order-service: { burst: 5 } }            | routes.order-service.requests   | is missing                             | 1 to 100000
            routes: { order-service: }                         | routes.order-service.requests   | is missing                             | 1 to 100000
            concurrency: { initial: 0 }                        | concurrency.initial             | '0' is too small                       | 1 to 10000
            concurrency: { initial: 9, maximum: 8 }            | concurrency.initial             | '9' is more than the maximum           | at most 8
            concurrency: { minimum: 9, maximum: 8 }            | concurrency.minimum             | '9' is more than the maximum           | at most 8
            concurrency: { minimum: 9, initial: 8 }            | concurrency.minimum             | '9' is more than the initial limit     | at most 8
            concurrency: { initial: 600, maximum: x }          | concurrency.maximum             | 'x' is not a whole number              | 1 to 10000
            """)
    void refusesAValueAndSaysWhatIsAllowed(String line, String key, String reason, String allowed) {
        assertThat(problems(line))
                .containsExactly(new PolicyProblem("failover.yml", 3, "failover.admission." + key, reason, allowed));
    }

    @ParameterizedTest
    @CsvSource({
        "per-customer: { requests: 1 }",
        "per-client: 100",
        "routes: { orders: { requests: 1 } }",
        "concurrency: { limit: 5 }",
        "requests: 5"
    })
    void refusesAKeyItDoesNotKnowAndListsThoseThereAre(String line) {
        assertThat(problems(line)).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo("unknown key");
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.allowed())
                    .contains("per-client.requests", "routes.order-service.requests", "concurrency.maximum");
        });
    }

    @Test
    void aMistakeInItRefusesThePolicyAsAWhole() {
        String file = "failover: { dependencies: { kafka: { timeout: 1s } }, admission: { per-client: { burst: 0 } } }";

        assertThat(PolicyFile.read("failover.yml", file.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void aBucketFillsInTheTimeItsBurstTakes() {
        assertThat(new RateLimit(100, Duration.ofSeconds(1), 250).timeToFill()).isEqualTo(Duration.ofMillis(2500));
    }

    private static String file(String lines) {
        return "failover:\n  admission:\n" + lines.indent(4);
    }

    private static AdmissionPolicy read(String lines) {
        return accepted(file(lines)).admission();
    }

    private static FailoverPolicy accepted(String file) {
        return switch (PolicyFile.read("failover.yml", file.getBytes(StandardCharsets.UTF_8))) {
            case Accepted(FailoverPolicy policy) -> policy;
            case Refused(List<PolicyProblem> problems) -> throw new AssertionError(problems);
        };
    }

    private static List<PolicyProblem> problems(String lines) {
        return switch (PolicyFile.read("failover.yml", file(lines).getBytes(StandardCharsets.UTF_8))) {
            case Refused(List<PolicyProblem> problems) -> problems;
            case Accepted(FailoverPolicy policy) -> throw new AssertionError("accepted: " + policy);
        };
    }
}
