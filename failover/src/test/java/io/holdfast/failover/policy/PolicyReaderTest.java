package io.holdfast.failover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.holdfast.failover.policy.PolicyReading.Accepted;
import io.holdfast.failover.policy.PolicyReading.Refused;

class PolicyReaderTest {

    @Test
    void readsEveryKey() {
        FailoverPolicy policy = read("""
                failover:
                  tolerance: fault-tolerant
                  dependencies:
                    user-service:
                      timeout: 800ms
                      retry: { attempts: 4, backoff: 20ms, multiplier: 1.5, jitter: 0.25 }
                      circuit-breaker: { enabled: true, failure-rate: 12.5%, slow-call: 500ms, slow-call-rate: 70%, window: 30, minimum-calls: 15, open-for: 1m, half-open-calls: 4 }
                      bulkhead: { concurrent-calls: 7 }
                      routing: round-robin
                      fallback: fail
                """);

        assertThat(policy.tolerance()).isEqualTo(Tolerance.FAULT_TOLERANT);
        assertThat(policy.of("user-service"))
                .isEqualTo(new DependencyPolicy(
                        Duration.ofMillis(800),
                        new RetryPolicy(4, Duration.ofMillis(20), 1.5, 0.25),
                        new CircuitBreakerPolicy(
                                true, 12.5f, Duration.ofMillis(500), 70, 30, 15, Duration.ofMinutes(1), 4),
                        new BulkheadPolicy(7),
                        Routing.ROUND_ROBIN,
                        Fallback.FAIL));
    }

    @ParameterizedTest
    @EnumSource(Routing.class)
    void takesEveryRoutingByTheNameItHasInTheFile(Routing routing) {
        FailoverPolicy policy = read("failover: { dependencies: { kafka: { routing: " + routing.label() + " } } }");

        assertThat(policy.of("kafka").routing()).isEqualTo(routing);
        assertThat(routing.label())
                .isEqualTo(routing.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @Test
    void takesFromThePresetWhatIsNotGiven() {
        FailoverPolicy policy = read("""
                failover:
                  tolerance: fault-tolerant
                  dependencies:
                    kafka: { timeout: 4s }
                    cassandra:
                """);

        DependencyPolicy preset = Tolerance.FAULT_TOLERANT.policy();
        assertThat(policy.of("cassandra")).isEqualTo(preset);
        assertThat(policy.of("never-named")).isEqualTo(preset);
        assertThat(policy.of("kafka").retry()).isEqualTo(preset.retry());
        assertThat(policy.of("kafka").circuitBreaker().slowCall()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void shrinksThePresetsMinimumCallsToASmallerWindow() {
        FailoverPolicy policy = read("failover: { dependencies: { kafka: { circuit-breaker: { window: 4 } } } }");

        assertThat(policy.of("kafka").circuitBreaker().minimumCalls()).isEqualTo(4);
    }

    @Test
    void takesHighAvailabilityWhenNothingIsSaid() {
        assertThat(read("")).isEqualTo(FailoverPolicy.preset(Tolerance.HIGH_AVAILABILITY));
        assertThat(read("failover:\n")).isEqualTo(FailoverPolicy.preset(Tolerance.HIGH_AVAILABILITY));
    }

    @ParameterizedTest
    @EnumSource(Tolerance.class)
    void hasPresetsThatWouldBeAcceptedThemselves(Tolerance tolerance) {
        DependencyPolicy preset = tolerance.policy();

        assertThat(preset.circuitBreaker().slowCall()).isBetween(Duration.ofMillis(1), preset.timeout());
        assertThat(preset.circuitBreaker().minimumCalls())
                .isLessThanOrEqualTo(preset.circuitBreaker().window());
        assertThat(preset.retry().attempts()).isBetween(1, 10);
        assertThat(preset.bulkhead().concurrentCalls()).isBetween(1, 10_000);
    }

    @Test
    void switchesBreakerAndRetryOffWithTheToleranceNone() {
        assertThat(Tolerance.NONE.policy().circuitBreaker().enabled()).isFalse();
        assertThat(Tolerance.NONE.policy().retry().attempts()).isEqualTo(1);
    }

    private static FailoverPolicy read(String yaml) {
        PolicyReading reading = PolicyFile.read("failover.yml", yaml.getBytes(StandardCharsets.UTF_8));
        return switch (reading) {
            case Accepted(FailoverPolicy policy) -> policy;
            case Refused(List<PolicyProblem> problems) -> throw new AssertionError(problems);
        };
    }
}
