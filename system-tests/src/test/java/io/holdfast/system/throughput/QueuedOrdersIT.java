package io.holdfast.system.throughput;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import io.holdfast.system.Customer;
import io.holdfast.system.DecidedOrders;
import io.holdfast.system.LivePolicy;
import io.holdfast.system.Orders;
import io.holdfast.system.PlatformUnderTest;
import io.holdfast.system.ProcessPlatform;

/** How fast orders are decided that were taken while Cassandra gave no answer, once it does again; a bare client in the same run shows what the machine can do. */
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class QueuedOrdersIT {

    /** Until then the services are still being compiled. */
    private static final int TO_WARM_UP = 20_000;

    private static final int QUEUED = 3_000;
    private static final int ROUNDS = 3;
    private static final Duration BARE_ROUND = Duration.ofSeconds(8);
    private static final Map<String, Object> ORDER = Orders.order(1, "0.010");

    private final List<Customer> customers = IntStream.range(0, ClosedLoop.CLIENTS)
            .mapToObj(client -> PlatformUnderTest.customer())
            .toList();

    @Test
    @Timeout(1800)
    void everyQueuedOrderIsDecidedOnceCassandraAnswersAgain() throws Exception {
        assumeThat(PlatformUnderTest.get())
                .as("processes, which can be stopped")
                .isInstanceOf(ProcessPlatform.class);
        ProcessPlatform platform = (ProcessPlatform) PlatformUnderTest.get();
        try (LivePolicy policy = LivePolicy.of(platform);
                CqlSession session = PlatformUnderTest.cassandra();
                BareClient bare = BareClient.beside(platform, session)) {
            policy.change(delivered -> delivered
                    .replace("per-client: { requests: 100, per: 1s, burst: 200 }", "per-client: { enabled: false }")
                    .replace(
                            "concurrency: { initial: 128, minimum: 16, maximum: 512 }",
                            "concurrency: { enabled: false }"));
            // The first ones come while everything is slow; how they are answered is not what is measured.
            Instant began = Instant.now();
            Map<Integer, Long> answers = place(TO_WARM_UP);
            System.out.printf("warmed up in %s: %s%n", Duration.between(began, Instant.now()), answers);
            ClosedLoop.place(bare, BARE_ROUND);
            List<Double> ratios = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                await().atMost(ofMinutes(1)).until(this::allAreDecided);
                Instant lost = Instant.now();
                platform.signal("cassandra-1", "STOP");
                try {
                    await().atMost(ofSeconds(30))
                            .pollInterval(ofSeconds(1))
                            .until(() -> order(customers.getFirst()) == 202);
                    assertThat(place(QUEUED)).containsOnlyKeys(202);
                } finally {
                    platform.signal("cassandra-1", "CONT");
                }
                Instant back = Instant.now();
                await().atMost(ofMinutes(2))
                        .pollInterval(ofSeconds(3))
                        .ignoreExceptions()
                        .until(this::allAreDecided);
                DecidedOrders decided = DecidedOrders.of(customers, back);
                long bareASecond = ClosedLoop.place(bare, BARE_ROUND) / BARE_ROUND.toSeconds();
                System.out.printf("round %d: %s; a bare client places %d a second%n", round, decided, bareASecond);
                ratios.add((double) decided.aSecond() / bareASecond);
                assertThat(DecidedOrders.of(customers, lost).times()).hasSizeGreaterThanOrEqualTo(QUEUED);
            }
            double median = ratios.stream().sorted().toList().get(ROUNDS / 2);
            System.out.printf(
                    Locale.ROOT, "queued orders are decided %.2f times as fast as a bare client places them%n", median);
            assertThat(median).isGreaterThan(0.4);
        }
    }

    /** How often each status was answered. */
    private Map<Integer, Long> place(int orders) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(ClosedLoop.CLIENTS)) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int number = 0; number < orders; number++) {
                Customer customer = customers.get(number % ClosedLoop.CLIENTS);
                answers.add(clients.submit(() -> order(customer)));
            }
            Map<Integer, Long> statuses = new TreeMap<>();
            for (Future<Integer> answer : answers) {
                statuses.merge(answer.get(), 1L, Long::sum);
            }
            return statuses;
        }
    }

    private static int order(Customer customer) {
        return customer.door().post("/api/orders", ORDER).status();
    }

    /** Asks up to the first customer who has orders that are not decided: asking costs what deciding needs. */
    private boolean allAreDecided() {
        return customers.stream()
                .map(customer -> customer.door().get("/api/users/" + customer.id() + "/orders?status=PENDING"))
                .allMatch(reply -> reply.status() == 200
                        && reply.header("Degraded").isEmpty()
                        && reply.body().path("items").isEmpty());
    }
}
