package io.holdfast.system.bank;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * order-service ends itself at each point on an order's way, and the launcher starts it again. One client repeats the request
 * until it is answered, one never does; when all is over the books agree either way.
 */
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class CrashPointsIT {

    private static final String ORDER_SERVICE = "order-service-1";
    private static final String USER_SERVICE = "user-service-1";
    private static final String KAFKA = "kafka-1";
    private static final Random CHANCE = new Random(1);

    private static BankPlatform platform;
    private static Bank bank;
    private static int number;

    @BeforeAll
    static void start() {
        platform = BankPlatform.get();
        bank = Bank.open(platform, 4);
    }

    @AfterAll
    static void theBooksAgree() {
        Report report = bank.audit(List.of(), 0);

        System.out.printf("crash points: %s%n", report);
        assertThat(report.violations()).isEmpty();
        assertThat(report.orders()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after-journal@PENDING",
                "after-reservation",
                "after-journal@CONFIRMED",
                "after-cassandra@CONFIRMED",
                "before-acknowledge"
            })
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void anOrderIsPlacedOnceWhereverItsServiceEnds(String point) {
        crash(point, () -> bank.teller().placeOnce(affordable()));
        crash(point, () -> bank.teller().place(affordable(), CHANCE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"after-reservation", "after-journal@REJECTED", "after-cassandra@REJECTED"})
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void anOrderIsRejectedOnceWhereverItsServiceEnds(String point) {
        crash(point, () -> bank.teller().placeOnce(tooLarge()));
        crash(point, () -> bank.teller().place(tooLarge(), CHANCE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after-journal@CANCELLED",
                "after-release",
                "after-cassandra@CANCELLED",
                "before-acknowledge@CANCELLED"
            })
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void anOrderIsCancelledOnceWhereverItsServiceEnds(String point) {
        crash(point, () -> bank.teller().cancelOnce(placed()));
        crash(point, () -> bank.teller().cancel(placed(), CHANCE));
    }

    /** user-service hangs, so the order is taken; the point behind the promise is there only then. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void anOrderIsTakenOnceWhereverItsServiceEnds() {
        platform.running().signal(USER_SERVICE, "STOP");
        try {
            crash("after-promise", () -> bank.teller().placeOnce(affordable()));
            crash("after-promise", () -> bank.teller().place(affordable(), CHANCE));
        } finally {
            platform.running().signal(USER_SERVICE, "CONT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"after-outbox@PENDING", "after-outbox@CONFIRMED", "after-cassandra@CONFIRMED"})
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void anOrderIsPlacedOnceWithoutKafkaToo(String point) {
        withoutKafka(() -> {
            crash(point, () -> bank.teller().placeOnce(affordable()));
            crash(point, () -> bank.teller().place(affordable(), CHANCE));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"after-outbox@CANCELLED", "after-cassandra@CANCELLED"})
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void anOrderIsCancelledOnceWithoutKafkaToo(String point) {
        withoutKafka(() -> {
            crash(point, () -> bank.teller().cancelOnce(placed()));
            crash(point, () -> bank.teller().cancel(placed(), CHANCE));
        });
    }

    /** The tables have it, its credit is not released, and whoever knew that is gone. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void anOrderIsCancelledOnceWithoutUserServiceToo() {
        UUID once = placed();
        UUID repeated = placed();
        platform.running().kill(USER_SERVICE);
        try {
            crash("after-cassandra@CANCELLED", () -> bank.teller().cancelOnce(once));
            crash("after-cassandra@CANCELLED", () -> bank.teller().cancel(repeated, CHANCE));
        } finally {
            platform.running().start(USER_SERVICE);
        }
    }

    private static void withoutKafka(Runnable meanwhile) {
        platform.running().kill(KAFKA);
        try {
            meanwhile.run();
        } finally {
            platform.running().start(KAFKA);
        }
    }

    /**
     * Requests come until one meets the point, and the service comes back. Usually the first does; one that comes while the service has
     * not found all its neighbours yet may be refused before.
     */
    private static void crash(String point, Runnable request) {
        int before = platform.restarts(ORDER_SERVICE);
        platform.switchOn(ORDER_SERVICE, point);
        try {
            await().atMost(ofMinutes(2)).pollInterval(ofMillis(100)).until(() -> {
                request.run();
                return !platform.isOn(ORDER_SERVICE, point);
            });
        } finally {
            platform.switchOff(ORDER_SERVICE, point);
        }
        await().atMost(ofMinutes(2))
                .pollInterval(ofMillis(100))
                .until(() -> platform.isBack(ORDER_SERVICE, before + 1));
    }

    /** A confirmed order's id. */
    private static UUID placed() {
        Request request = affordable();
        bank.teller().place(request, CHANCE);
        return request.orderId();
    }

    private static Request affordable() {
        return request(1);
    }

    private static Request tooLarge() {
        return request(1_000);
    }

    private static Request request(int quantity) {
        number++;
        Account account = bank.accounts().get(number % bank.accounts().size());
        return new Request(account, "crash-" + number, quantity, new BigDecimal("0.50"));
    }
}
