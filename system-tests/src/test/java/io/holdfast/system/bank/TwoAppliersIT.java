package io.holdfast.system.bank;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Of two order-services one stands still while it applies orders. Its partitions move, the other one applies what it had begun, and then it
 * wakes up and goes on: every order has one effect.
 */
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class TwoAppliersIT {

    private static final String USER_SERVICE = "user-service-1";

    /** Orders that wait for user-service until it comes back. */
    private static final long ENOUGH = 20;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void anApplierThatWakesUpAfterItsPartitionsMovedDoublesNothing() {
        try (BankPlatform platform = BankPlatform.withTwoOrderServices();
                Appliers appliers = new Appliers(platform.kafka())) {
            Report report = Bank.open(platform, 20).work(1, 10, injector -> {
                long moved = sleepsWhileItApplies(platform, appliers, "order-service-1")
                        + sleepsWhileItApplies(platform, appliers, "order-service-2");
                assertThat(moved)
                        .as("records that one was about to apply and the other one applied")
                        .isPositive();
            });

            System.out.printf("two appliers: %s%n", report);
            assertThat(report.violations()).isEmpty();
            assertThat(report.orders()).isPositive();
        }
    }

    /** How many records the sleeper had not applied when it was stopped, and the other one has applied when it wakes up. */
    private static long sleepsWhileItApplies(BankPlatform platform, Appliers appliers, String sleeper) {
        await().atMost(ofMinutes(2))
                .pollInterval(ofSeconds(1))
                .until(() -> appliers.members() == 2 * appliers.partitions());
        platform.running().signal(USER_SERVICE, "STOP");
        await().atMost(ofMinutes(1)).pollInterval(ofMillis(200)).until(() -> appliers.unapplied() >= ENOUGH);
        platform.running().signal(USER_SERVICE, "CONT");
        long before = appliers.unapplied();
        await().atMost(ofMinutes(1)).pollInterval(ofMillis(20)).until(() -> appliers.unapplied() < before);
        platform.running().signal(sleeper, "STOP");
        try {
            Appliers.Look asleep = appliers.look();
            await().atMost(ofMinutes(2))
                    .pollInterval(ofSeconds(1))
                    .until(() -> appliers.members() == appliers.partitions());
            Map<TopicPartition, Long> unapplied = asleep.unappliedOfThoseWhoLeft(appliers.look());
            await().atMost(ofMinutes(1))
                    .pollInterval(ofMillis(200))
                    .until(() -> appliers.haveApplied(asleep.ends(), unapplied.keySet()));
            System.out.printf("%s sleeps; the other one has applied what it had not: %s%n", sleeper, unapplied);
            return unapplied.values().stream().mapToLong(Long::longValue).sum();
        } finally {
            platform.running().signal(sleeper, "CONT");
        }
    }
}
