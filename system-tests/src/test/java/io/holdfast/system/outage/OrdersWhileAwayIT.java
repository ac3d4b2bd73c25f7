package io.holdfast.system.outage;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.holdfast.system.CallStream;
import io.holdfast.system.CallStream.Answered;
import io.holdfast.system.Customer;
import io.holdfast.system.DecidedOrders;
import io.holdfast.system.Door;
import io.holdfast.system.Orders;
import io.holdfast.system.Percentiles;
import io.holdfast.system.PlatformUnderTest;
import io.holdfast.system.ProcessPlatform;
import io.holdfast.system.RunningPlatform;

/** Orders are placed while Cassandra or Kafka is away: how many are taken, how fast, and how fast what was queued is done afterwards. */
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class OrdersWhileAwayIT {

    /** Less than two slow cores can do while they have everything: what is lost here is lost to the outage. */
    private static final int PER_SECOND = 20;

    private static final Duration WARM_UP = ofSeconds(20);
    private static final Duration AWAY = ofSeconds(60);
    private static final Map<String, Object> ORDER = Orders.order(1, "0.010");

    @ParameterizedTest
    @CsvSource({
        "cassandra-1, KILL, user-service",
        "cassandra-1, STOP, user-service",
        "kafka-1, KILL, kafka",
        "kafka-1, STOP, kafka"
    })
    void ordersAreTakenAndDoneAfterwards(String part, String signal, String guarded) {
        RunningPlatform running = PlatformUnderTest.get();
        assumeThat(running).as("processes, which can be stopped").isInstanceOf(ProcessPlatform.class);
        ProcessPlatform platform = (ProcessPlatform) running;
        Door operator = PlatformUnderTest.operator();
        await().atMost(ofMinutes(2)).ignoreExceptions().until(() -> isPlaced(List.of(PlatformUnderTest.customer())));
        List<Customer> customers =
                Stream.generate(PlatformUnderTest::customer).limit(12).toList();
        await().atMost(ofSeconds(60)).ignoreExceptions().until(() -> isPlaced(customers));

        List<Answered> answers;
        long began;
        long open;
        long healed;
        Instant healedAt;
        try (CallStream orders = CallStream.of(
                PER_SECOND,
                which -> customers
                        .get(which % customers.size())
                        .door()
                        .post("/api/orders", ORDER, Map.of("Idempotency-Key", part + signal + which)))) {
            await().atMost(WARM_UP.multipliedBy(6)).until(() -> keepsUp(orders.answers()));
            began = System.nanoTime();
            lose(platform, part, signal);
            try {
                await().atMost(ofSeconds(20))
                        .pollInterval(ofMillis(50))
                        .until(() -> breaker(operator, guarded).equals("OPEN"));
                open = System.nanoTime();
                await().atMost(AWAY.plusSeconds(20)).pollDelay(AWAY).until(() -> true);
            } finally {
                healed = System.nanoTime();
                healedAt = Instant.now();
                bringBack(platform, part, signal);
            }
            answers = orders.finish();
        }
        Percentiles first = times(answers, began, open);
        Percentiles then = times(answers, open, healed);
        List<Answered> meanwhile = asked(answers, began, healed).toList();
        long refused = answers.stream().filter(answered -> !answered.isOk()).count();
        System.out.printf(
                "%s %s under %d orders a second: %s, meanwhile %s; until the breaker opened %s; then %s%n",
                part, signal, PER_SECOND, byStatus(answers), byStatus(meanwhile), first, then);
        tellRefusals(answers, began);
        assertThat(meanwhile.stream().filter(answered -> !answered.isOk()).count())
                .as("at least 99.9 %% of %d while it was away", meanwhile.size())
                .isLessThanOrEqualTo(meanwhile.size() / 1000);
        assertThat(then.at(99)).isLessThan(ofSeconds(1));
        int each = answers.size() / customers.size() - Math.toIntExact(refused);
        customers.forEach(customer -> await().atMost(ofMinutes(2)).until(() -> isDone(customer, each)));
        System.out.printf("%s %s: afterwards %s%n", part, signal, DecidedOrders.of(customers, healedAt));
    }

    /** A platform that has just started takes more than these orders leave it: what it refuses then is not lost to the outage. */
    private static boolean keepsUp(List<Answered> answers) {
        int warm = Math.toIntExact(WARM_UP.toSeconds()) * PER_SECOND;
        return answers.size() > warm
                && answers.subList(answers.size() - warm / 4, answers.size()).stream()
                        .allMatch(answered -> answered.status() == 201);
    }

    private static boolean isPlaced(List<Customer> customers) {
        return customers.stream()
                .allMatch(customer -> customer.door().post("/api/orders", ORDER).status() == 201);
    }

    private static void lose(ProcessPlatform platform, String part, String signal) {
        if (signal.equals("KILL")) {
            platform.kill(part);
        } else {
            platform.signal(part, signal);
        }
    }

    private static void bringBack(ProcessPlatform platform, String part, String signal) {
        if (signal.equals("KILL")) {
            platform.start(part);
        } else {
            platform.signal(part, "CONT");
        }
    }

    private static boolean isDone(Customer customer, int atLeast) {
        Door.Reply user = customer.door().get("/api/users/" + customer.id());
        Door.Reply pending = customer.door().get("/api/users/" + customer.id() + "/orders?status=PENDING");
        return pending.status() == 200
                && pending.header("Degraded").isEmpty()
                && pending.body().path("items").isEmpty()
                && user.status() == 200
                && user.body().path("availableCredit").asDouble() <= 1000 - atLeast * 0.01;
    }

    /** What was refused, why, and in which second of the outage (before it: below 0). */
    private static void tellRefusals(List<Answered> answers, long began) {
        Map<String, TreeMap<Long, Long>> seconds = answers.stream()
                .filter(answered -> !answered.isOk())
                .collect(Collectors.groupingBy(
                        answered -> answered.status() + " "
                                + answered.refusal().replaceAll(",?\"requestId\":\"[^\"]*\"", ""),
                        Collectors.groupingBy(
                                answered -> Math.floorDiv(answered.asked() - began, 1_000_000_000L),
                                TreeMap::new,
                                Collectors.counting())));
        seconds.forEach((refusal, when) -> System.out.printf("  refused, second=orders %s: %s%n", when, refusal));
    }

    private static Map<Integer, Long> byStatus(List<Answered> answers) {
        return answers.stream().collect(Collectors.groupingBy(Answered::status, Collectors.counting()));
    }

    private static Percentiles times(List<Answered> answers, long from, long to) {
        return Percentiles.of(asked(answers, from, to).map(Answered::took).toList());
    }

    private static Stream<Answered> asked(List<Answered> answers, long from, long to) {
        return answers.stream().filter(answered -> answered.asked() - from >= 0 && to - answered.asked() > 0);
    }

    /** The state of order-service's breaker of the dependency. */
    private static String breaker(Door operator, String dependency) {
        return operator.get("/api/platform/services")
                .body()
                .path("services")
                .valueStream()
                .filter(service -> service.path("name").asString("").equals("order-service"))
                .flatMap(service ->
                        service.path("instances").path(0).path("guards").valueStream())
                .filter(guard -> guard.path("dependency").asString("").equals(dependency))
                .map(guard -> guard.path("state").asString(""))
                .findFirst()
                .orElse("");
    }
}
