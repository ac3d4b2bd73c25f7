package io.holdfast.system.bank;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
    private static final String KAFKA = "kafka-1";

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
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void anOrderIsPlacedOnceWhereverItsServiceEnds(String point) {
        crash(point, () -> bank.teller().placeOnce(affordable()));
        crash(point, () -> bank.teller().place(affordable(), new Random()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"after-reservation", "after-journal@REJECTED", "after-cassandra@REJECTED"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void anOrderIsRejectedOnceWhereverItsServiceEnds(String point) {
        crash(point, () -> bank.teller().placeOnce(tooLarge()));
        crash(point, () -> bank.teller().place(tooLarge(), new Random()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"after-journal@CANCELLED", "after-release", "after-cassandra@CANCELLED", "before-acknowledge"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void anOrderIsCancelledOnceWhereverItsServiceEnds(String point) {
        Request left = placed();
        Request repeated = placed();

        crash(point, () -> bank.teller().cancelOnce(left.orderId()));
        crash(point, () -> bank.teller().cancel(repeated.orderId(), new Random()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"after-outbox@PENDING", "after-outbox@CONFIRMED", "after-cassandra@CONFIRMED"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void anOrderIsPlacedOnceWithoutKafkaToo(String point) {
        withoutKafka(() -> {
            crash(point, () -> bank.teller().placeOnce(affordable()));
            crash(point, () -> bank.teller().place(affordable(), new Random()));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"after-outbox@CANCELLED", "after-release", "after-cassandra@CANCELLED"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void anOrderIsCancelledOnceWithoutKafkaToo(String point) {
        Request left = placed();
        Request repeated = placed();

        withoutKafka(() -> {
            crash(point, () -> bank.teller().cancelOnce(left.orderId()));
            crash(point, () -> bank.teller().cancel(repeated.orderId(), new Random()));
        });
    }

    private static void withoutKafka(Runnable meanwhile) {
        platform.running().kill(KAFKA);
        try {
            meanwhile.run();
        } finally {
            platform.running().start(KAFKA);
        }
    }

    /** The request meets the point, and the service comes back. */
    private static void crash(String point, Runnable request) {
        int before = platform.restarts(ORDER_SERVICE);
        platform.switchOn(ORDER_SERVICE, point);
        try {
            request.run();
            await().atMost(ofSeconds(30)).pollInterval(ofMillis(50)).until(() -> !platform.isOn(ORDER_SERVICE, point));
        } finally {
            platform.switchOff(ORDER_SERVICE, point);
        }
        await().atMost(ofMinutes(2))
                .pollInterval(ofMillis(100))
                .until(() -> platform.isBack(ORDER_SERVICE, before + 1));
    }

    private static Request placed() {
        Request request = affordable();
        bank.teller().place(request, new Random());
        return request;
    }

    private static Request affordable() {
        number++;
        Account account = bank.accounts().get(number % bank.accounts().size());
        return new Request(account, "crash-" + number, 1, new BigDecimal("0.50"));
    }

    private static Request tooLarge() {
        number++;
        Account account = bank.accounts().get(number % bank.accounts().size());
        return new Request(account, "crash-" + number, 1_000, new BigDecimal("0.50"));
    }
}
