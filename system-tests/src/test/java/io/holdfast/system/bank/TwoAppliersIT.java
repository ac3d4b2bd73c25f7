package io.holdfast.system.bank;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
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

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void anApplierThatWakesUpAfterItsPartitionsMovedDoublesNothing() {
        try (BankPlatform platform = BankPlatform.withTwoOrderServices();
                Admin admin = Admin.create(Map.of("bootstrap.servers", platform.kafka()))) {
            Report report = Bank.open(platform, 20).work(1, 10, injector -> {
                sleepsWhileItApplies(platform, admin, "order-service-1", Duration.ZERO);
                sleepsWhileItApplies(platform, admin, "order-service-2", ofSeconds(3));
            });

            System.out.printf("two appliers: %s%n", report);
            assertThat(report.violations()).isEmpty();
            assertThat(report.orders()).isPositive();
        }
    }

    /** Orders wait for user-service, with some questions on their way to it. When it is back, both decide them, one not for long. */
    private static void sleepsWhileItApplies(BankPlatform platform, Admin admin, String sleeper, Duration applies) {
        await().atMost(ofMinutes(1)).until(() -> isStable(group(admin)));
        int all = group(admin).members().size();
        platform.running().signal(USER_SERVICE, "STOP");
        Pause.of(ofSeconds(6));
        platform.running().signal(USER_SERVICE, "CONT");
        Pause.of(applies);
        platform.running().signal(sleeper, "STOP");
        try {
            await().atMost(ofMinutes(2)).pollInterval(ofSeconds(1)).until(() -> hasMoved(group(admin), all));
            System.out.printf(
                    "%s sleeps, its partitions have moved: %d members instead of %d%n", sleeper, all / 2, all);
            Pause.of(ofSeconds(3));
        } finally {
            platform.running().signal(sleeper, "CONT");
        }
        await().atMost(ofMinutes(1)).until(() -> group(admin).members().size() == all);
        Pause.of(ofSeconds(5));
    }

    private static boolean hasMoved(ConsumerGroupDescription group, int all) {
        return isStable(group) && group.members().size() == all / 2;
    }

    private static boolean isStable(ConsumerGroupDescription group) {
        return group.groupState() == GroupState.STABLE
                && group.members().stream()
                        .anyMatch(
                                member -> !member.assignment().topicPartitions().isEmpty());
    }

    private static ConsumerGroupDescription group(Admin admin) {
        try {
            return requireNonNull(admin.describeConsumerGroups(List.of(Quiet.GROUP))
                            .describedGroups()
                            .get(Quiet.GROUP))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
