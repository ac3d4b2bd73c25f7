package io.holdfast.system.cluster;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import io.holdfast.local.topology.PlatformOptions;
import io.holdfast.system.Customer;
import io.holdfast.system.Door;
import io.holdfast.system.OrderStream;
import io.holdfast.system.OrderStream.Placed;
import io.holdfast.system.Percentiles;
import io.holdfast.system.ProcessPlatform;

/** Three nodes with three copies of everything: the loss of any one is not noticed. */
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class ClusterIT {

    private static final PlatformOptions THREE_NODES = new PlatformOptions(3, 1, Map.of(), 0);

    @Test
    void everyOrderIsAcknowledgedWhileOneNodeOfThreeIsKilledAndComesBack() {
        try (ProcessPlatform platform = ProcessPlatform.start(THREE_NODES)) {
            List<Customer> customers =
                    Stream.generate(() -> Customer.of(platform)).limit(8).toList();
            OrderStream stream = OrderStream.of(customers, ofMillis(200));
            try (stream) {
                acknowledgedUntil(stream, 100);
                for (String node : List.of("cassandra-1", "cassandra-3")) {
                    platform.kill(node);
                    acknowledgedUntil(stream, stream.acknowledged() + 200);
                    Customer.of(platform);
                    platform.start(node);
                    acknowledgedUntil(stream, stream.acknowledged() + 100);
                }
            }
            List<Placed> answers = stream.answers();

            System.out.println(summary(answers));
            assertThat(answers).allMatch(Placed::isAcknowledged);
            assertThat(answers)
                    .allSatisfy(placed -> assertThat(placed.customer()
                                    .door()
                                    .get("/api/orders/" + placed.id())
                                    .text("status"))
                            .isEqualTo("CONFIRMED"));
            try (CqlSession cassandra = session(platform)) {
                assertThat(cassandra
                                .execute("SELECT replication FROM system_schema.keyspaces"
                                        + " WHERE keyspace_name = 'holdfast_orders'")
                                .one()
                                .getMap("replication", String.class, String.class))
                        .containsEntry("dc1", "3");
            }
            assertThat(Door.at(platform.gateway())
                            .enter(platform.operatorName(), platform.operatorPassword())
                            .get("/api/platform/services")
                            .status())
                    .isEqualTo(200);
        }
    }

    private static void acknowledgedUntil(OrderStream stream, long count) {
        await().atMost(ofSeconds(60)).until(() -> stream.acknowledged() >= count);
    }

    private static String summary(List<Placed> answers) {
        return "orders with one node of three lost twice: %d acknowledged of %s"
                .formatted(
                        answers.stream().filter(Placed::isAcknowledged).count(),
                        Percentiles.of(answers.stream().map(Placed::took).toList()));
    }

    private static CqlSession session(ProcessPlatform platform) {
        return CqlSession.builder()
                .addContactPoints(platform.cassandra())
                .withLocalDatacenter("dc1")
                .build();
    }
}
