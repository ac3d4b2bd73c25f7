package io.holdfast.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import io.holdfast.journal.pause.WritePauses;
import io.holdfast.order.storing.OrderTables;

/** What an order-service does while a restore replaces its tables, as far as it is told of it. */
@OnRealServers
class RestoreMeanwhileIT {

    private static final String LANTERNS = OrderClient.order("71053", 6, "3.39");
    private static final Duration SOON = Duration.ofSeconds(30);

    private final UUID anna = UUID.randomUUID();

    @SuppressWarnings("NullAway.Init")
    private RestoreNotices restore;

    @Autowired
    private OrderClient client;

    @Autowired
    private OrderTables tables;

    @Autowired
    private WritePauses pauses;

    @Value("${holdfast.storage.keyspace}")
    @SuppressWarnings("NullAway.Init")
    private String keyspace;

    @BeforeEach
    void healthy() {
        restore = new RestoreNotices(keyspace, pauses);
        ServiceUnderTest.CREDITS.grant(anna, "100.00");
        ServiceUnderTest.awaitAnswer(() ->
                assertThat(client.get(anna, "/api/orders/" + anna).status()).isEqualTo(404));
    }

    @AfterEach
    void over() {
        restore.over();
    }

    @Test
    void anOrderIsTakenAndComesIntoTheTablesAfterwards() {
        restore.pause();

        OrderClient.Answer taken = client.place(anna, "k-1", LANTERNS);

        assertThat(taken.status()).isEqualTo(202);
        assertThat(taken.degraded()).isEqualTo("cassandra; mode=queued");
        assertThat(client.get(anna, taken.location()).status())
                .as("readable meanwhile")
                .isEqualTo(200);
        UUID id = taken.id();
        restore.over();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(tables.find(id))
                        .hasValueSatisfying(order -> assertThat(order.status()).isEqualTo(OrderStatus.CONFIRMED)));
        OrderClient.Answer again = client.place(anna, "k-1", LANTERNS);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.location()).isEqualTo(taken.location());
        assertThat(ServiceUnderTest.CREDITS.available(anna)).isEqualByComparingTo("79.66");
    }

    @Test
    void whatIsNotFoundMayBeOnItsWayBack() {
        OrderClient.Answer there = client.place(anna, "k-1", LANTERNS);
        restore.pause();

        OrderClient.Answer notThere = client.get(anna, "/api/orders/" + UUID.randomUUID());

        assertThat(notThere.status()).isEqualTo(503);
        assertThat(notThere.retryAfter()).isNotBlank();
        assertThat(client.get(anna, there.location()).status()).isEqualTo(200);
    }
}
