package io.holdfast.system.policy;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import io.holdfast.system.Customer;
import io.holdfast.system.LivePolicy;
import io.holdfast.system.OrderStream;
import io.holdfast.system.OrderStream.Placed;
import io.holdfast.system.Percentiles;
import io.holdfast.system.PlatformUnderTest;
import io.holdfast.system.RunningPlatform;

/** The policy is changed while customers order: each change reaches every instance, and no order notices. */
@EnabledIf(
        value = "io.holdfast.system.PlatformUnderTest#isThorough",
        disabledReason = "takes minutes: runs with ./holdfast test --full")
class PolicyUnderLoadIT {

    private static final int CHANGES = 50;
    private static final int CHANGES_WITHOUT_THE_BUS = 10;

    /** The test before may have left a breaker that lets through a few calls only. */
    @BeforeEach
    void everythingWorksAgain() {
        RunningPlatform platform = PlatformUnderTest.get();
        await().atMost(ofSeconds(60)).ignoreExceptions().until(() -> {
            Customer customer = Customer.of(platform);
            return IntStream.range(0, 20)
                    .allMatch(_ -> customer.door()
                                    .post("/api/orders", OrderStream.BODY)
                                    .status()
                            == 201);
        });
    }

    @Test
    void fiftyChangesReachEveryInstanceAndFailNoOrder() {
        List<Placed> answers = changesUnderLoad("with the bus", CHANGES, ofSeconds(20));

        assertThat(answers).hasSizeGreaterThan(CHANGES).allMatch(Placed::isAcknowledged);
    }

    /** Instances ask for the version too, every four seconds. */
    @Test
    void changesReachEveryInstanceWhileKafkaIsDead() {
        RunningPlatform platform = PlatformUnderTest.get();
        List<Placed> answers;
        platform.kill("kafka-1");
        try {
            answers = changesUnderLoad("with Kafka dead", CHANGES_WITHOUT_THE_BUS, ofSeconds(20));
        } finally {
            platform.start("kafka-1");
        }

        assertThat(answers).hasSizeGreaterThan(CHANGES_WITHOUT_THE_BUS).allMatch(Placed::isAcknowledged);
    }

    private static List<Placed> changesUnderLoad(String name, int changes, Duration bound) {
        List<Duration> times = new ArrayList<>();
        List<Placed> answers;
        try (LivePolicy policy = LivePolicy.of(PlatformUnderTest.get());
                OrderStream orders = OrderStream.of(
                        List.of(PlatformUnderTest.customer(), PlatformUnderTest.customer()), ofMillis(100))) {
            for (int i = 1; i <= changes; i++) {
                int millis = 3000 - i;
                times.add(
                        policy.change(delivered -> delivered.replaceFirst("timeout: 3s", "timeout: " + millis + "ms")));
            }
            answers = orders.answers();
        }
        System.out.printf(
                "save to effect on every instance, %s, as the operator's view tells it: %s; %d orders meanwhile%n",
                name, Percentiles.of(times), answers.size());
        assertThat(times).allSatisfy(time -> assertThat(time).isLessThan(bound));
        return answers;
    }
}
