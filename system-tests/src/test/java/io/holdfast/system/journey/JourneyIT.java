package io.holdfast.system.journey;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

import io.holdfast.system.Customer;
import io.holdfast.system.Door;
import io.holdfast.system.Door.Reply;
import io.holdfast.system.OrderStream;
import io.holdfast.system.OrderStream.Placed;
import io.holdfast.system.Orders;
import io.holdfast.system.PlatformUnderTest;
import io.holdfast.system.RunningPlatform;
import io.holdfast.system.TableContents;

/** The golden journey: up, register, order, edit the policy, back up, lose the table, restore it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JourneyIT {

    private static final Set<String> SERVICES =
            Set.of("discovery-service", "config-service", "gateway", "user-service", "order-service", "backup-service");
    private static final Set<String> OBEYING = Set.of("gateway", "user-service", "order-service", "backup-service");

    /** In the place of the version of an instance that did not answer in time. */
    private static final String NO_ANSWER = "";

    /** On a machine that is busy the first calls after a start may take longer than the guards wait. */
    @BeforeAll
    static void up() {
        PlatformUnderTest.get();
        await().atMost(ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(PlatformUnderTest.customer()
                                .door()
                                .post("/api/orders", Orders.affordable())
                                .status())
                        .isEqualTo(201));
    }

    @Test
    @Order(1)
    void everyServiceIsUpAndKnownToTheOperator() {
        await().atMost(ofSeconds(30)).untilAsserted(() -> {
            Reply reply = PlatformUnderTest.operator().get("/api/platform/services");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(names(reply)).containsExactlyInAnyOrderElementsOf(SERVICES);
            assertThat(reply.body().findValuesAsString("status")).hasSize(6).containsOnly("UP");
        });
    }

    @Test
    @Order(2)
    void aCustomerPlacesAnOrderOnceHoweverOftenItIsSent() {
        Customer customer = PlatformUnderTest.customer();
        Map<String, String> key = Map.of("Idempotency-Key", "basket-1");

        Reply placed = customer.door().post("/api/orders", Orders.affordable(), key);
        Reply repeated = customer.door().post("/api/orders", Orders.affordable(), key);
        Reply other = customer.door().post("/api/orders", Orders.order(1, "2.500"), key);

        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.text("status")).isEqualTo("CONFIRMED");
        assertThat(placed.body().path("total").decimalValue()).isEqualByComparingTo("30");
        assertThat(repeated.status()).isEqualTo(201);
        assertThat(repeated.body()).isEqualTo(placed.body());
        assertThat(other.status()).isEqualTo(422);
        assertThat(customer.door().get(placed.header("Location")).body()).isEqualTo(placed.body());
        assertThat(customer.door()
                        .get("/api/users/" + customer.id() + "/orders")
                        .body()
                        .path("items"))
                .hasSize(1);
        assertThat(credit(customer)).isEqualByComparingTo("970");
    }

    @Test
    @Order(3)
    void anOrderAboveTheCreditIsRejectedAndACancelledOneGivesItBack() {
        Customer customer = PlatformUnderTest.customer();

        Reply rejected = customer.door().post("/api/orders", Orders.tooLarge());
        Reply placed = customer.door().post("/api/orders", Orders.affordable());
        Reply cancelled = customer.door().post("/api/orders/" + placed.text("id") + "/cancellation", Map.of());
        Reply again = customer.door().post("/api/orders/" + placed.text("id") + "/cancellation", Map.of());
        Reply forbidden = customer.door().post("/api/orders/" + rejected.text("id") + "/cancellation", Map.of());

        assertThat(rejected.status()).isEqualTo(201);
        assertThat(rejected.text("status")).isEqualTo("REJECTED");
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
        assertThat(again.status()).isEqualTo(200);
        assertThat(forbidden.status()).isEqualTo(409);
        assertThat(credit(customer)).isEqualByComparingTo("1000");
    }

    @Test
    @Order(4)
    void nobodySeesWhatIsAnothers() {
        Customer anna = PlatformUnderTest.customer();
        Customer ben = PlatformUnderTest.customer();
        Reply placed = anna.door().post("/api/orders", Orders.affordable());

        assertThat(ben.door().get("/api/orders/" + placed.text("id")).status()).isEqualTo(404);
        assertThat(ben.door().get("/api/users/" + anna.id()).status()).isEqualTo(403);
        assertThat(ben.door().get("/api/users/" + anna.id() + "/orders").status())
                .isEqualTo(403);
        assertThat(ben.door().get("/api/backups").status()).isEqualTo(403);
        assertThat(PlatformUnderTest.door()
                        .get("/api/orders/" + placed.text("id"))
                        .status())
                .isEqualTo(401);
        assertThat(PlatformUnderTest.operator()
                        .get("/api/orders/" + placed.text("id"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Order(5)
    void aSavedPolicyReachesEveryInstanceAndABadOneNone() throws IOException {
        Path policy = PlatformUnderTest.get().config().resolve("failover.yml");
        String good = Files.readString(policy);
        String before = versionOfAllOtherThan(NO_ANSWER);

        try (OrderStream orders =
                OrderStream.of(List.of(PlatformUnderTest.customer(), PlatformUnderTest.customer()), ofMillis(50))) {
            Files.writeString(policy, good.replaceFirst("timeout: 3s", "timeout: 2900ms"));

            String changed = versionOfAllOtherThan(before);

            Files.writeString(policy, good.replaceFirst("timeout: 3s", "timeout: soon"));

            await().atMost(ofSeconds(20))
                    .untilAsserted(() -> assertThat(PlatformUnderTest.get().logOf("config-service-1"))
                            .contains("failover.yml")
                            .contains("soon"));
            await().atMost(ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(versions()).hasSize(OBEYING.size()).containsOnly(changed));

            Files.writeString(policy, good);
            versionOfAllOtherThan(changed);
            await().atMost(ofSeconds(20)).until(() -> orders.acknowledged() > 20);
            assertThat(orders.answers())
                    .as("no order fails because of a change")
                    .allMatch(Placed::isAcknowledged);
        }
    }

    @Test
    @Order(6)
    void aTruncatedTableComesBackCellByCell() {
        Door operator = PlatformUnderTest.operator();
        Customer customer = PlatformUnderTest.customer();
        for (int i = 0; i < 50; i++) {
            Reply placed = customer.door().post("/api/orders", Orders.order(1, "1." + (100 + i)));
            assertThat(placed.status()).as("%s", placed).isEqualTo(201);
        }
        try (CqlSession cassandra = PlatformUnderTest.cassandra()) {
            cassandra.execute("INSERT INTO holdfast_orders.order_months (user_id, month) VALUES (uuid(), 202611)"
                    + " USING TTL 100000");
            List<String> tables = List.of("orders", "orders_by_user", "order_months");
            List<TableContents> before = contents(cassandra, tables);

            String backup = succeeded(operator, operator.post("/api/backups", Map.of("keyspace", "holdfast_orders")))
                    .path("backupId")
                    .asString();
            tables.forEach(table -> cassandra.execute("TRUNCATE holdfast_orders." + table));
            assertThat(customer.door()
                            .get("/api/users/" + customer.id() + "/orders")
                            .body()
                            .path("items"))
                    .isEmpty();
            succeeded(operator, operator.post("/api/restores", Map.of("backupId", backup, "into", "replace")));

            assertThat(contents(cassandra, tables)).isEqualTo(before);
            assertThat(before.getFirst().rows()).hasSizeGreaterThanOrEqualTo(50);
        }
        assertThat(customer.door()
                        .get("/api/users/" + customer.id() + "/orders")
                        .body()
                        .path("items"))
                .isNotEmpty();
    }

    @Test
    @Order(7)
    void aNormalJourneyLeavesNoErrorInAnyLog() {
        RunningPlatform platform = PlatformUnderTest.get();

        assertThat(platform.parts())
                .hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(part -> assertThat(platform.logOf(part).lines())
                        .as("log of %s", part)
                        .isNotEmpty()
                        .noneMatch(line -> line.contains("ERROR") || line.startsWith("\tat ")));
    }

    /** What stands in the file that is delivered, config-service knows; another name would be refused as misspelt. */
    @Test
    @Order(8)
    void everyGuardHasItsPolicyInTheFileThatIsDelivered() throws IOException {
        String policy = Files.readString(PlatformUnderTest.get().config().resolve("failover.yml"));

        JsonNode services = PlatformUnderTest.operator()
                .get("/api/platform/services")
                .body()
                .path("services");

        assertThat(services.valueStream()
                        .flatMap(service -> service.path("instances").valueStream())
                        .flatMap(instance -> instance.path("guards").valueStream())
                        .map(guard -> guard.path("dependency").asString())
                        .distinct())
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(dependency -> assertThat(policy).contains("\n    " + dependency + ":\n"));
    }

    private static List<TableContents> contents(CqlSession cassandra, List<String> tables) {
        return tables.stream()
                .map(table -> TableContents.of(cassandra, "holdfast_orders", table))
                .toList();
    }

    private static java.math.BigDecimal credit(Customer customer) {
        return customer.door()
                .get("/api/users/" + customer.id())
                .body()
                .path("availableCredit")
                .decimalValue();
    }

    /** The version that every instance obeys; one that does not answer just now, on a busy machine, is asked again. */
    private static String versionOfAllOtherThan(String old) {
        return await().atMost(ofSeconds(20))
                .until(
                        JourneyIT::versions,
                        versions -> versions.size() == OBEYING.size()
                                && !versions.contains(old)
                                && !versions.contains(NO_ANSWER)
                                && Set.copyOf(versions).size() == 1)
                .getFirst();
    }

    /** The policy version of every instance that obeys one. */
    private static List<String> versions() {
        Reply reply = PlatformUnderTest.operator().get("/api/platform/services");
        List<String> versions = new ArrayList<>();
        for (JsonNode service : reply.body().path("services")) {
            if (OBEYING.contains(service.path("name").asString())) {
                service.path("instances")
                        .forEach(instance ->
                                versions.add(instance.path("policyVersion").asString(NO_ANSWER)));
            }
        }
        return versions;
    }

    private static List<String> names(Reply reply) {
        List<String> names = new ArrayList<>();
        reply.body()
                .path("services")
                .forEach(service -> names.add(service.path("name").asString()));
        return names;
    }

    private static JsonNode succeeded(Door operator, Reply accepted) {
        assertThat(accepted.status()).as("answer %s", accepted.body()).isEqualTo(202);
        return await().atMost(Duration.ofMinutes(2))
                .until(() -> operator.get(accepted.header("Location")).body(), job -> {
                    assertThat(job.path("state").asString()).as("job %s", job).isNotEqualTo("FAILED");
                    return job.path("state").asString().equals("SUCCEEDED");
                });
    }
}
