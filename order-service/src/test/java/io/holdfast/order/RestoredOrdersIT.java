package io.holdfast.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.holdfast.failover.fallback.NearCache;
import io.holdfast.journal.apply.OwnWrites;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.outbox.OutboxStore;
import io.holdfast.journal.overlay.Overlay;
import io.holdfast.journal.pause.AfterRestore;
import io.holdfast.journal.pause.ReplacedTables;
import io.holdfast.order.storing.JournaledOrder;
import io.holdfast.order.storing.OrderTables;

/** What becomes of orders and their credit after a restore, on real Cassandra and Kafka. */
@Tag("long")
@OnRealServers
class RestoredOrdersIT {

    private static final Set<String> ORDERS = Set.of("holdfast_orders.orders", "holdfast_orders.orders_by_user");
    private static final Set<String> CREDITS = Set.of("holdfast_users.credits");
    private static final String LANTERNS = OrderClient.order("71053", 6, "3.39");

    private final UUID anna = UUID.randomUUID();
    private final CreditServer credits = ServiceUnderTest.CREDITS;

    @Autowired
    private OrderClient client;

    @Autowired
    private CqlSession session;

    @Autowired
    private OrderTables tables;

    @Autowired
    private Overlay<JournaledOrder> overlay;

    @Autowired
    private NearCache<UUID, Order> known;

    @Autowired
    private OwnWrites written;

    @Autowired
    private OutboxStore outbox;

    @Autowired
    private List<AfterRestore> afterRestore;

    @Autowired
    private List<ReplacedTables> replaced;

    @BeforeEach
    void giveAnnaCredit() {
        // What earlier tests left there is waited for before credit is rebuilt.
        ServiceUnderTest.awaitAnswer(() -> outbox.partitions().forEach(outbox::delete));
        credits.grant(anna, "100.00");
        ServiceUnderTest.awaitAnswer(() ->
                assertThat(client.get(anna, "/api/orders/" + anna).status()).isEqualTo(404));
    }

    @Test
    void anOrderThatWasRolledBackGivesItsCreditBackAndItsKeyAnswersThatItIsTooLate() {
        UUID kept = placed("kept");
        UUID rolledBack = placed("rolled-back");
        rollBack(rolledBack);

        restored(ORDERS);

        assertThat(credits.available(anna)).isEqualByComparingTo("79.66");
        assertThat(client.get(anna, "/api/orders/" + rolledBack).status()).isEqualTo(404);
        OrderClient.Answer again = client.place(anna, "rolled-back", LANTERNS);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.id()).isEqualTo(rolledBack);
        assertThat(again.text("status")).isEqualTo("REJECTED");
        assertThat(again.text("reason")).isEqualTo("TOO_LATE");
        assertThat(client.place(anna, "rolled-back", OrderClient.order("71053", 7, "3.39"))
                        .status())
                .as("another body")
                .isEqualTo(422);
        assertThat(client.place(anna, "kept", LANTERNS).id()).isEqualTo(kept);
        assertThat(credits.available(anna)).isEqualByComparingTo("79.66");
    }

    @Test
    void creditThatIsMissingIsReservedAgainAlsoBeyondTheLimit() {
        UUID first = placed("first");
        credits.lose(anna, first);
        Stamp anHourAgo = Stamp.at(Instant.now().minus(Duration.ofHours(1))).step(0);
        tables.write(SomeOrders.pending(anna, UUID.randomUUID(), anHourAgo).confirmed());
        credits.grant(anna, "20.00");

        restored(CREDITS);

        assertThat(credits.available(anna)).isEqualByComparingTo("-15.765");
        assertThat(client.place(anna, "more", OrderClient.order("A", 1, "0.01")).text("status"))
                .isEqualTo("REJECTED");
        assertThat(client.cancel(anna, "/api/orders/" + first).text("status")).isEqualTo("CANCELLED");
        assertThat(credits.available(anna)).isEqualByComparingTo("4.575");
    }

    @Test
    void anInstanceForgetsOrdersThatWereReplacedAndNoOthers() {
        UUID order = placed("k-1");

        replaced.forEach(memory -> memory.forget(Set.of("holdfast_orders.journal_outbox", "other.orders")));
        assertThat(known.lastKnown(order)).isPresent();
        assertThat(written.latest(order.toString())).isPresent();

        replaced.forEach(memory -> memory.forget(Set.of("holdfast_orders.order_months")));
        assertThat(known.lastKnown(order)).isEmpty();
        assertThat(written.latest(order.toString())).isEmpty();
    }

    @Test
    void usersWithOrdersAreFoundPageByPage() {
        placed("k-1");
        UUID bert = UUID.randomUUID();
        tables.write(SomeOrders.placed(bert, 0));
        tables.write(SomeOrders.placed(bert, Duration.ofDays(40).toSeconds()));

        assertThat(users(1)).doesNotHaveDuplicates().contains(anna, bert).isEqualTo(users(1_000));
    }

    private List<UUID> users(int limit) {
        List<UUID> all = new ArrayList<>();
        List<UUID> page = tables.users(null, limit);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = tables.users(page.getLast(), limit);
        }
        return all;
    }

    /** Confirmed, and applied from the journal. */
    private UUID placed(String key) {
        OrderClient.Answer answer = client.place(anna, key, LANTERNS);
        assertThat(answer.text("status")).isEqualTo("CONFIRMED");
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            overlay.awaitHeld();
            return overlay.latest(answer.text("id")).isEmpty();
        });
        return answer.id();
    }

    /** As the restore of a backup from before the order leaves it. */
    private void rollBack(UUID id) {
        Order order = tables.find(id).orElseThrow();
        long timestamp = order.timestamp().microseconds();
        session.execute("DELETE FROM orders USING TIMESTAMP " + timestamp + " WHERE id = " + id);
        session.execute(
                "DELETE FROM orders_by_user USING TIMESTAMP %d WHERE user_id = %s AND month = %s AND placed_at = %d AND id = %s"
                        .formatted(
                                timestamp,
                                anna,
                                session.execute("SELECT month FROM order_months WHERE user_id = " + anna)
                                        .all()
                                        .getFirst()
                                        .getInt("month"),
                                order.placedAt().toEpochMilli(),
                                id));
        assertThat(tables.find(id)).isEqualTo(Optional.empty());
        assertThat(tables.ofUser(anna, null, null, 10).orders()).hasSize(1);
    }

    private void restored(Set<String> tables) {
        replaced.forEach(memory -> memory.forget(tables));
        afterRestore.forEach(work -> work.restored(tables, Instant.now()));
    }
}
