package io.holdfast.system.routing;

import static java.time.Duration.ofSeconds;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.system.CallStream;
import io.holdfast.system.CallStream.Answered;
import io.holdfast.system.Customer;
import io.holdfast.system.Door;
import io.holdfast.system.LivePolicy;
import io.holdfast.system.Orders;
import io.holdfast.system.Percentiles;

/** Every instance is restarted under load, one after the other: nothing fails, also what must not be repeated. */
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class RollingRestartIT {

    private static final int PER_SECOND = 20;
    private static final Duration AROUND = ofSeconds(5);
    private static final List<String> INSTANCES =
            List.of("order-service-1", "order-service-2", "user-service-1", "user-service-2");

    private static TwoOfEach platform;
    private static List<Customer> customers;
    private static List<String> orders;

    private final Queue<Placed> placed = new ConcurrentLinkedQueue<>();

    /** An order that was acknowledged. */
    private record Placed(Customer customer, String id) {}

    @BeforeAll
    static void start() {
        platform = TwoOfEach.start();
        customers = platform.customers(20);
        orders = customers.stream()
                .map(customer -> customer.orderIds().getFirst())
                .toList();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"round-robin", "hot-standby"})
    void nothingFailsWhileEachInstanceIsRestartedAndNothingAcknowledgedIsMissing(String routing) {
        Map<Customer, List<String>> before =
                customers.stream().collect(java.util.stream.Collectors.toMap(customer -> customer, Customer::orderIds));
        try (LivePolicy policy = LivePolicy.of(platform.running())) {
            policy.change(delivered -> TwoOfEach.routed(delivered, routing));
            try (CallStream calls = CallStream.of(PER_SECOND, which -> call(routing, which))) {
                passes(AROUND);
                INSTANCES.forEach(part -> restart(part, calls));
                passes(AROUND);
                List<Answered> all = calls.finish();
                System.out.printf(
                        "rolling restart under %d calls a second, %s: %s, by status %s%n",
                        PER_SECOND,
                        routing,
                        times(all),
                        all.stream().collect(groupingBy(Answered::status, counting())));
                assertThat(all.stream().filter(answered -> !answered.isOk() || answered.isFromCache()))
                        .isEmpty();
            }
        }
        assertEachIsThereOnce(before);
        INSTANCES.forEach(part -> assertThat(platform.running().logOf(part))
                .contains("leaving is over because=\"callers know\"")
                .contains("requests_cut_off=0"));
    }

    @Test
    void whoIsAloneDoesNotWaitForCallersWhoHaveNobodyElse() {
        platform.running().restart("backup-service-1");

        String said = platform.running()
                .logOf("backup-service-1")
                .lines()
                .filter(line -> line.contains("leaving is over"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        assertThat(said).contains("because=\"no other instance could take over\"");
        assertThat(Long.parseLong(said.replaceFirst(".*served_on_ms=(\\d+).*", "$1")))
                .isLessThan(1500);
    }

    /** A read of an order, one of a user, an order that is placed under a key, and one without. */
    private Door.Reply call(String run, int which) {
        int who = which / 4 % customers.size();
        Customer customer = customers.get(who);
        return switch (which % 4) {
            case 0 -> customer.door().get("/api/orders/" + orders.get(who));
            case 1 -> customer.door().get("/api/users/" + customer.id());
            case 2 -> place(customer, Map.of("Idempotency-Key", "rolling-" + run + "-" + which));
            default -> place(customer, Map.of());
        };
    }

    private Door.Reply place(Customer customer, Map<String, String> headers) {
        Door.Reply reply = customer.door().post("/api/orders", Orders.order(1, "0.010"), headers);
        if (reply.status() / 100 == 2) {
            placed.add(new Placed(customer, reply.text("id")));
        }
        return reply;
    }

    private static void restart(String part, CallStream calls) {
        long began = System.nanoTime();
        platform.running().restart(part);
        long ready = System.nanoTime();
        System.out.printf(
                "%s restarted in %d ms under %d calls a second: meanwhile %s%n",
                part, (ready - began) / 1_000_000, PER_SECOND, times(calls.askedBetween(began, ready)));
    }

    private static Percentiles times(List<Answered> answers) {
        return Percentiles.of(answers.stream().map(Answered::took).toList());
    }

    private void assertEachIsThereOnce(Map<Customer, List<String>> before) {
        Map<Customer, List<String>> acknowledged =
                placed.stream().collect(groupingBy(Placed::customer, mapping(Placed::id, toList())));
        assertThat(acknowledged).hasSameSizeAs(customers);
        acknowledged.forEach((customer, ids) -> {
            List<String> expected = Stream.concat(before.getOrDefault(customer, List.of()).stream(), ids.stream())
                    .toList();
            assertThat(customer.orderIds()).containsExactlyInAnyOrderElementsOf(expected);
        });
    }

    private static void passes(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
    }
}
