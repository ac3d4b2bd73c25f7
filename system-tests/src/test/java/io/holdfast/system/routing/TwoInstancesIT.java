package io.holdfast.system.routing;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.local.supervision.PartState;
import io.holdfast.system.CallStream;
import io.holdfast.system.CallStream.Answered;
import io.holdfast.system.Customer;
import io.holdfast.system.Door;
import io.holdfast.system.LivePolicy;
import io.holdfast.system.Orders;
import io.holdfast.system.Percentiles;

/** One of two instances is killed under load and comes back: nothing that may be repeated fails. */
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class TwoInstancesIT {

    private static final int PER_SECOND = 50;

    /** A platform that has just started is slow by itself: what is measured is a loss. */
    private static final Duration WARM_UP = ofSeconds(60);

    private static final Duration BEFORE = ofSeconds(5);
    /** A lease runs out after eight seconds; the registry looks each second for those that have run out, callers every other one. */
    private static final Duration REGISTERED_AT_MOST = ofSeconds(15);

    private static final Duration AWAY = ofSeconds(5);

    private static TwoOfEach platform;
    private static Door operator;
    private static List<Customer> customers;
    private static List<String> orders;

    @BeforeAll
    static void start() {
        platform = TwoOfEach.start();
        operator = platform.operator();
        customers = platform.customers(20);
        orders = customers.stream()
                .map(customer -> customer.orderIds().getFirst())
                .toList();
        try (CallStream calls = CallStream.of(PER_SECOND, which -> call("warm-up", which))) {
            passes(WARM_UP);
            calls.finish();
        }
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"round-robin", "consistent-hash"})
    void nothingFailsWhenOneOfTwoIsKilledAndTheNewOneGetsItsShareAtOnce(String routing) {
        try (LivePolicy policy = LivePolicy.of(platform.running())) {
            policy.change(delivered -> TwoOfEach.routed(delivered, routing));
            try (CallStream calls = CallStream.of(PER_SECOND, which -> call(routing, which))) {
                lose("order-service-1", routing, calls);
                lose("user-service-2", routing, calls);
                assertThat(calls.finish().stream().filter(answered -> !answered.isOk() || answered.isFromCache()))
                        .isEmpty();
            }
        }
    }

    /** Two reads of an order, one of a user, and one order that is placed under a key. */
    private static Door.Reply call(String run, int which) {
        int who = which / 4 % customers.size();
        Customer customer = customers.get(who);
        return switch (which % 4) {
            case 0, 1 -> customer.door().get("/api/orders/" + orders.get(who));
            case 2 -> customer.door().get("/api/users/" + customer.id());
            default ->
                customer.door()
                        .post("/api/orders", Orders.order(1, "0.010"), Map.of("Idempotency-Key", run + "-" + which));
        };
    }

    private static void lose(String part, String routing, CallStream calls) {
        passes(BEFORE);
        long killed = System.nanoTime();
        platform.running().kill(part);
        await().atMost(REGISTERED_AT_MOST).until(() -> !isRegistered(part));
        System.out.printf("%s was out of the registry within %d ms%n", part, (System.nanoTime() - killed) / 1_000_000);
        passes(AWAY);
        long starts = System.nanoTime();
        platform.running().start(part);
        long up = System.nanoTime();
        await().atMost(ofSeconds(5)).pollInterval(ofMillis(100)).until(() -> platform.served(part) > 0);
        long served = System.nanoTime();

        Percentiles lost = Percentiles.of(
                calls.askedBetween(killed, starts).stream().map(Answered::took).toList());
        System.out.printf(
                "%s killed under %d calls a second, %s: while it was away %s; up, it got its first call within %d ms%n",
                part, PER_SECOND, routing, lost, (served - up) / 1_000_000);
        assertThat(lost.at(99)).isLessThan(ofSeconds(1));
    }

    private static boolean isRegistered(String part) {
        Door.Reply reply = operator.get("/api/platform/services");
        return reply.status() != 200
                || reply.body()
                        .path("services")
                        .valueStream()
                        .flatMap(service -> service.path("instances").valueStream())
                        .anyMatch(instance -> instance.path("id").asString("").equals(part));
    }

    @Test
    void aLostActiveIsReplacedByTheStandbyAndTheLauncherStartsANewStandby() {
        try (LivePolicy policy = LivePolicy.of(platform.running())) {
            policy.change(delivered -> TwoOfEach.routed(delivered, "hot-standby"));
            String active = awaitRole("ACTIVE", List.of("order-service-1", "order-service-2"));
            String standby = active.equals("order-service-1") ? "order-service-2" : "order-service-1";
            assertThat(platform.role(operator, "order-service", standby)).isEqualTo("STANDBY");
            int restarts = platform.status(active).restarts();

            try (CallStream calls = CallStream.of(PER_SECOND / 2, which -> call("hot-standby", which))) {
                passes(ofSeconds(2));
                platform.crash(active);
                await().atMost(ofSeconds(5))
                        .until(() -> platform.role(operator, "order-service", standby)
                                .equals("ACTIVE"));
                await().atMost(ofSeconds(60))
                        .until(() -> platform.status(active).restarts() > restarts
                                && platform.status(active).state() == PartState.UP);
                await().atMost(ofSeconds(15))
                        .until(() ->
                                platform.role(operator, "order-service", active).equals("STANDBY"));
                assertThat(platform.role(operator, "order-service", standby)).isEqualTo("ACTIVE");
                assertThat(calls.finish().stream().filter(answered -> !answered.isOk()))
                        .isEmpty();
            }
            assertThat(platform.running().logOf("gateway-1"))
                    .contains("role changed service=order-service active=" + standby + " was=" + active);
        }
    }

    /** The gateway learns the roles with its next call. */
    private static String awaitRole(String role, List<String> parts) {
        return await().atMost(ofSeconds(15))
                .until(
                        () -> {
                            call("roles", 0);
                            return parts.stream()
                                    .filter(part -> platform.role(operator, "order-service", part)
                                            .equals(role))
                                    .findFirst()
                                    .orElse("");
                        },
                        part -> !part.isEmpty());
    }

    private static void passes(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
    }
}
