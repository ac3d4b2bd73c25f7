package io.holdfast.system.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.system.Customer;
import io.holdfast.system.Door;
import io.holdfast.system.Door.Reply;
import io.holdfast.system.OrderStream;
import io.holdfast.system.OrderStream.Placed;
import io.holdfast.system.Orders;
import io.holdfast.system.PlatformUnderTest;

/** The tables of orders are replaced by a backup while customers go on ordering. */
@Tag("long")
class RestoreUnderOrdersIT {

    private static final List<String> TABLES =
            List.of("holdfast_orders.orders", "holdfast_orders.orders_by_user", "holdfast_orders.order_months");
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private final Door operator = PlatformUnderTest.operator();
    private final Customer anna = PlatformUnderTest.customer();
    private final Customer ben = PlatformUnderTest.customer();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsAcknowledgedMeanwhileIsThereAfterwardsAndTheCreditAgrees(boolean killed) {
        Reply kept = placed(anna, 1, "10.000");
        Reply cancelledSince = placed(anna, 1, "20.000");
        Reply bens = placed(ben, 1, "30.000");
        String backup = ended(operator.post("/api/backups", Map.of("keyspace", "holdfast_orders")))
                .text("backupId");
        Reply cancellation = anna.door().post("/api/orders/" + cancelledSince.text("id") + "/cancellation", Map.of());
        assertThat(cancellation.text("status")).as("%s", cancellation).isEqualTo("CANCELLED");
        Reply placedSince = placed(ben, 1, "40.000");

        Reply restore = operator.post("/api/restores", Map.of("backupId", backup, "into", "replace", "tables", TABLES));
        await().atMost(A_MINUTE).pollInterval(Duration.ofMillis(50)).until(() -> isPaused("order-service-1"));
        List<Placed> answers;
        try (OrderStream orders = OrderStream.of(List.of(anna, ben), Duration.ofMillis(100))) {
            if (killed) {
                PlatformUnderTest.get().kill("backup-service-1");
                await().atMost(A_MINUTE).until(() -> orders.answers().size() > 20);
                PlatformUnderTest.get().start("backup-service-1");
            }
            assertThat(ended(restore).text("state")).isEqualTo("SUCCEEDED");
            await().atMost(A_MINUTE).until(() -> !isPaused("order-service-1"));
            answers = orders.answers();
        }

        assertThat(answers)
                .as("answers while orders were replaced")
                .hasSizeGreaterThan(20)
                .allMatch(Placed::isAcknowledged)
                .anyMatch(answer -> answer.status() == 202);
        answers.forEach(answer -> awaitStatus(answer.customer(), answer.id(), "CONFIRMED"));
        awaitStatus(anna, kept.text("id"), "CONFIRMED");
        awaitStatus(anna, cancelledSince.text("id"), "CONFIRMED");
        awaitStatus(ben, bens.text("id"), "CONFIRMED");
        assertThat(ben.door().get(placedSince.header("Location")).status())
                .as("an order that was placed after the backup")
                .isEqualTo(404);
        for (Customer customer : List.of(anna, ben)) {
            await().atMost(TWO_MINUTES)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(available(customer))
                            .as("credit of %s", customer.id())
                            .isEqualByComparingTo(new BigDecimal("1000").subtract(confirmed(customer))));
        }
        assertThat(reservation(anna, cancelledSince.text("id"))).isEqualTo("RESERVED");
        assertThat(reservation(ben, placedSince.text("id"))).isEqualTo("RELEASED");
    }

    private static Reply placed(Customer customer, int quantity, String price) {
        Reply placed = await().atMost(A_MINUTE)
                .until(
                        () -> customer.door().post("/api/orders", Orders.order(quantity, price)),
                        reply -> reply.status() == 201);
        assertThat(placed.text("status")).isEqualTo("CONFIRMED");
        return placed;
    }

    private Reply ended(Reply accepted) {
        assertThat(accepted.status()).as("%s", accepted).isEqualTo(202);
        return await().atMost(TWO_MINUTES)
                .ignoreException(Door.NoAnswerException.class)
                .until(() -> operator.get(accepted.header("Location")), job -> {
                    assertThat(job.text("state")).as("%s", job).isNotIn("FAILED", "CANCELLED");
                    return job.text("state").equals("SUCCEEDED");
                });
    }

    private static void awaitStatus(Customer customer, String order, String status) {
        await().atMost(A_MINUTE)
                .untilAsserted(() -> assertThat(
                                customer.door().get("/api/orders/" + order).text("status"))
                        .as("order %s", order)
                        .isEqualTo(status));
    }

    /** Whether the last that was said in the log of an order-service is that its writes are paused. */
    private static boolean isPaused(String instance) {
        String log = PlatformUnderTest.get().logOf(instance);
        return log.lastIndexOf("writes_paused") > log.lastIndexOf("writes_resumed");
    }

    private static BigDecimal available(Customer customer) {
        return customer.door()
                .get("/api/users/" + customer.id())
                .body()
                .path("availableCredit")
                .decimalValue();
    }

    private static BigDecimal confirmed(Customer customer) {
        return customer.orderIds().stream()
                .map(id -> customer.door().get("/api/orders/" + id))
                .filter(order -> order.text("status").equals("CONFIRMED"))
                .map(order -> order.body().path("total").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String reservation(Customer customer, String order) {
        try (CqlSession cassandra = PlatformUnderTest.cassandra()) {
            Row row = cassandra
                    .execute(
                            "SELECT state FROM holdfast_users.credits WHERE user_id = ? AND order_id = ?",
                            UUID.fromString(customer.id()),
                            UUID.fromString(order))
                    .one();
            return Objects.requireNonNull(Objects.requireNonNull(row).getString("state"));
        }
    }
}
