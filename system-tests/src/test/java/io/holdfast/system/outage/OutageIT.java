package io.holdfast.system.outage;

import static java.time.Duration.ofSeconds;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import io.holdfast.system.Customer;
import io.holdfast.system.Door.Reply;
import io.holdfast.system.LivePolicy;
import io.holdfast.system.Orders;
import io.holdfast.system.PlatformUnderTest;
import io.holdfast.system.RunningPlatform;

/** One part at a time is killed with SIGKILL and brought back. What was acknowledged stays; what cannot be done is said. */
@Tag("long")
class OutageIT {

    private static final int BEFORE = 10;
    private static final int DURING = 20;

    private static RunningPlatform platform;

    @BeforeAll
    static void up() {
        platform = PlatformUnderTest.get();
    }

    /** The test before may have left a breaker open. */
    @BeforeEach
    void everythingWorksAgain() {
        await().atMost(ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                place(PlatformUnderTest.customer(), "well").status())
                        .isEqualTo(201));
    }

    @Test
    void ordersAreTakenWhileCassandraIsDeadAndCompletedWhenItIsBack() {
        ordersSurviveTheLossOf(
                "cassandra-1",
                reply -> isTaken(reply, "cassandra"),
                () -> assertThat(PlatformUnderTest.operator()
                                .get("/api/platform/services")
                                .status())
                        .as("the operator signs in without Cassandra")
                        .isEqualTo(200));
    }

    @Test
    void ordersAreTakenWhileUserServiceIsDeadAndCompletedWhenItIsBack() {
        ordersSurviveTheLossOf("user-service-1", reply -> isTaken(reply, "user-service"), () -> {});
    }

    @Test
    void ordersAreRefusedHonestlyWhileOrderServiceIsDeadAndGoOnWhenItIsBack() {
        ordersSurviveTheLossOf("order-service-1", OutageIT::isRefusedHonestly, () -> {});
    }

    /** First one of them is dead, in the end all four. */
    @Test
    void ordersGoOnWhileTheControlPlaneIsDead() {
        Customer customer = PlatformUnderTest.customer();
        List<String> parts = List.of("discovery-service-1", "kafka-1", "backup-service-1", "config-service-1");
        try {
            for (String part : parts) {
                platform.kill(part);
                assertThat(customer.door()
                                .post("/api/orders", Orders.affordable())
                                .status())
                        .as("order after the death of %s", part)
                        .isEqualTo(201);
            }
            await().atMost(ofSeconds(40))
                    .untilAsserted(() -> assertThat(answering())
                            .containsOnly(
                                    entry("config-service", false), entry("registry", false), entry("bus", false)));
        } finally {
            startTogether("discovery-service-1", "kafka-1", "config-service-1");
            platform.start("backup-service-1");
        }
        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(answering())
                        .containsOnly(entry("config-service", true), entry("registry", true), entry("bus", true)));
        assertThat(customer.door().post("/api/orders", Orders.affordable()).status())
                .isEqualTo(201);
    }

    @Test
    @EnabledIf(
            value = "io.holdfast.system.PlatformUnderTest#isThorough",
            disabledReason = "runs with ./holdfast test --full")
    void aServiceThatIsStartedWhileTheControlPlaneIsDeadGoesOnWithWhatItKnewBefore() {
        Customer customer = PlatformUnderTest.customer();
        assertThat(place(customer, "with-a-control-plane").status()).isEqualTo(201);
        List<String> controlPlane = List.of("discovery-service-1", "kafka-1", "config-service-1");
        controlPlane.forEach(platform::kill);
        try {
            platform.kill("order-service-1");
            platform.start("order-service-1");

            await().atMost(ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    place(customer, "without-a-control-plane").status())
                            .isEqualTo(201));
        } finally {
            startTogether(controlPlane.toArray(String[]::new));
        }
        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(registered("order-service")).contains("order-service-1"));
        try (LivePolicy policy = LivePolicy.of(platform)) {
            policy.change(delivered -> delivered.replaceFirst("timeout: 3s", "timeout: 2999ms"));
        }
    }

    @Test
    @EnabledIf(
            value = "io.holdfast.system.PlatformUnderTest#isThorough",
            disabledReason = "runs with ./holdfast test --full")
    void servicesThatAreStartedWhileCassandraIsDeadTakeOrdersAndDecideThemWhenItIsBack() {
        Customer customer = PlatformUnderTest.customer();
        assertThat(place(customer, "with-cassandra").status()).isEqualTo(201);
        platform.kill("cassandra-1");
        try {
            platform.kill("user-service-1");
            platform.kill("order-service-1");
            startTogether("user-service-1", "order-service-1");

            await().atMost(ofSeconds(60))
                    .untilAsserted(() -> isTaken(place(customer, "without-cassandra"), "cassandra"));
            isRefusedHonestly(customer.door().get("/api/users/" + customer.id()));
        } finally {
            platform.start("cassandra-1");
        }
        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(statuses(customer)).hasSize(2).containsOnly("CONFIRMED"));
        assertThat(place(customer, "with-cassandra-again").status()).isEqualTo(201);
    }

    /** Which parts of the control plane answer, as the gateway shows it. */
    private static Map<String, Boolean> answering() {
        return PlatformUnderTest.operator()
                .get("/actuator/failover")
                .body()
                .path("controlPlane")
                .valueStream()
                .collect(toMap(
                        part -> part.path("part").asString(),
                        part -> part.path("answers").asBoolean()));
    }

    private static List<String> registered(String service) {
        return PlatformUnderTest.operator()
                .get("/api/platform/services")
                .body()
                .path("services")
                .valueStream()
                .filter(listed -> listed.path("name").asString("").equals(service))
                .flatMap(listed -> listed.path("instances").valueStream())
                .map(instance -> instance.path("id").asString(""))
                .toList();
    }

    private static void startTogether(String... parts) {
        CompletableFuture.allOf(Arrays.stream(parts)
                        .map(part -> CompletableFuture.runAsync(() -> platform.start(part), Thread::startVirtualThread))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /**
     * Places orders before, during and after; each with a key. Those of the last moment before are there too: a commit log that is synced
     * periodically would not replay them. Those that were taken meanwhile are completed without being asked for again.
     */
    private static void ordersSurviveTheLossOf(String part, Consumer<Reply> isAnsweredAsItShould, Runnable meanwhile) {
        Customer customer = PlatformUnderTest.customer();
        List<String> acknowledged = new ArrayList<>();
        for (int i = 0; i < BEFORE; i++) {
            Reply placed = place(customer, "before-" + i);
            assertThat(placed.status()).isEqualTo(201);
            acknowledged.add(placed.text("id"));
        }
        List<Reply> during = new ArrayList<>();
        List<Reply> shown = new ArrayList<>();
        platform.kill(part);
        try {
            for (int i = 0; i < DURING; i++) {
                during.add(place(customer, "during-" + i));
            }
            during.stream()
                    .filter(reply -> reply.status() == 202)
                    .forEach(reply -> shown.add(customer.door().get(reply.header("Location"))));
            meanwhile.run();
        } finally {
            platform.start(part);
        }

        assertThat(during).allSatisfy(isAnsweredAsItShould::accept);
        assertThat(shown).allSatisfy(reply -> assertThat(reply.text("status")).isEqualTo("PENDING"));
        await().atMost(ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(place(customer, "after").status()).isEqualTo(201));
        for (int i = 0; i < during.size(); i++) {
            if (during.get(i).status() != 202) {
                assertThat(place(customer, "during-" + i).status()).isEqualTo(201);
            }
        }
        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(statuses(customer))
                        .hasSize(BEFORE + DURING + 1)
                        .containsOnly("CONFIRMED"));
        assertThat(acknowledged)
                .allSatisfy(id -> assertThat(
                                customer.door().get("/api/orders/" + id).status())
                        .isEqualTo(200));
        assertThat(customer.door()
                        .get("/api/users/" + customer.id())
                        .body()
                        .path("availableCredit")
                        .decimalValue())
                .isEqualByComparingTo("70");
    }

    private static List<String> statuses(Customer customer) {
        return customer.door()
                .get("/api/users/" + customer.id() + "/orders?limit=100")
                .body()
                .path("items")
                .valueStream()
                .map(order -> order.path("status").asString())
                .toList();
    }

    private static void isTaken(Reply reply, String without) {
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.text("status")).isEqualTo("PENDING");
        assertThat(reply.header("Degraded")).isEqualTo(without + "; mode=queued");
        assertThat(reply.header("Location")).isEqualTo("/api/orders/" + reply.text("id"));
    }

    private static void isRefusedHonestly(Reply reply) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(reply.header("Retry-After")).isNotEmpty();
    }

    private static Reply place(Customer customer, String key) {
        return customer.door().post("/api/orders", Orders.affordable(), Map.of("Idempotency-Key", key));
    }
}
