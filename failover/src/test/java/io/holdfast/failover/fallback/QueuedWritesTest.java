package io.holdfast.failover.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import io.holdfast.failover.policy.FailoverPolicy;
import io.holdfast.failover.policy.PolicyEntry;
import io.holdfast.failover.policy.PolicyReader;
import io.holdfast.failover.policy.PolicyReading;

class QueuedWritesTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private FailoverPolicy policy = userServiceFallsBackTo("queue");
    private final QueuedWrites writes = new QueuedWrites(() -> policy, "cassandra"::equals, new FallbackMeters(meters));

    @Test
    void onlyThePolicyInForceAllowsThem() {
        assertThat(writes.areAllowedFor("user-service")).isTrue();
        assertThat(writes.areAllowedFor("cassandra")).isFalse();

        policy = userServiceFallsBackTo("fail");

        assertThat(writes.areAllowedFor("user-service")).isFalse();
    }

    @Test
    void whoHasBeenFailingIsKnown() {
        assertThat(writes.isInDoubt("cassandra")).isTrue();
        assertThat(writes.isInDoubt("user-service")).isFalse();
    }

    @Test
    void eachIsToldToWhoAnswersAndCountedByDependencyAndMode() {
        try (Degradation.Listener answer = Degradation.listen()) {
            writes.tell("user-service");

            assertThat(answer.worst()).contains(new Degradation("user-service", "queued", Duration.ZERO));
        }
        writes.tell("user-service");
        writes.tell("kafka");

        assertThat(counted("user-service", "queued")).isEqualTo(2);
        assertThat(counted("kafka", "queued")).isEqualTo(1);
    }

    @Test
    void aListThatMayLackThemIsToldAndCounted() {
        try (Degradation.Listener answer = Degradation.listen()) {
            writes.tellIncomplete("kafka");

            assertThat(answer.worst()).contains(new Degradation("kafka", "incomplete", Duration.ZERO));
        }
        assertThat(counted("kafka", "incomplete")).isEqualTo(1);
    }

    @Test
    void whoAnswersHearsAlsoWhatIsToldOnAnotherThreadOfTheRequest() throws InterruptedException {
        try (Degradation.Listener answer = Degradation.listen()) {
            Unwaited.within(Duration.ofMinutes(1), "look", () -> {
                writes.tellIncomplete("kafka");
                return true;
            });

            assertThat(answer.worst()).contains(new Degradation("kafka", "incomplete", Duration.ZERO));
        }
    }

    private double counted(String dependency, String mode) {
        return meters.get("holdfast.fallbacks")
                .tags("dependency", dependency, "mode", mode)
                .counter()
                .count();
    }

    private static FailoverPolicy userServiceFallsBackTo(String fallback) {
        PolicyEntry entry = new PolicyEntry("failover.dependencies.user-service.fallback", fallback, "failover.yml", 1);
        return ((PolicyReading.Accepted) PolicyReader.read(List.of(entry))).policy();
    }
}
