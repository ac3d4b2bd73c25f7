package io.holdfast.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.holdfast.failover.fallback.NearCache;
import io.holdfast.journal.overlay.JournalReader;
import io.holdfast.journal.overlay.Overlay;
import io.holdfast.journal.pause.WritePauses;
import io.holdfast.order.storing.JournaledOrder;
import io.holdfast.order.storing.OrderTables;
import io.holdfast.order.storing.WrittenElsewhere;

/** Which decisions an instance answers with while it cannot ask for the credit, on real Cassandra and Kafka. */
@Tag("long")
@OnRealServers
class RememberedDecisionsIT {

    private static final String LANTERNS = OrderClient.order("71053", 6, "3.39");
    private static final Duration SOON = Duration.ofSeconds(30);

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
    private JournalReader<JournaledOrder> fromJournal;

    @Autowired
    private KafkaListenerEndpointRegistry containers;

    @Autowired
    private WritePauses pauses;

    @Value("${holdfast.storage.keyspace}")
    @SuppressWarnings("NullAway.Init")
    private String keyspace;

    @BeforeEach
    void healthy() {
        credits.grant(anna, "100.00");
        ServiceUnderTest.awaitAnswer(() ->
                assertThat(client.get(anna, "/api/orders/" + anna).status()).isEqualTo(404));
    }

    @AfterEach
    void heal() {
        credits.start();
        appliers(MessageListenerContainer::start);
        UUID bert = UUID.randomUUID();
        credits.grant(bert, "100.00");
        ServiceUnderTest.awaitAnswer(
                () -> assertThat(client.place(bert, "probe", LANTERNS).status()).isEqualTo(201));
    }

    @ParameterizedTest
    @EnumSource(names = {"CONFIRMED", "CANCELLED"})
    void aDecisionThatARestoreTookBackIsForgotten(OrderStatus status) {
        Order decided = applied(status);
        credits.stop();
        assertThat(client.place(anna, "k-1", LANTERNS).text("status")).isEqualTo(status.name());
        rollBack(decided);
        new RestoreNotices(keyspace, pauses).replaced();
        // As an instance does that is started after the restore.
        fromJournal.read(WrittenElsewhere.record(decided));

        OrderClient.Answer again = answered("PENDING");

        assertThat(again.status()).isEqualTo(202);
        assertThat(known.lastKnown(decided.id())).isEmpty();
    }

    @Test
    void whatWasDecidedMeanwhileIsRememberedThoughTheTablesDoNotHaveItYet() {
        appliers(MessageListenerContainer::stop);
        RestoreNotices restore = new RestoreNotices(keyspace, pauses);
        restore.pause();
        OrderClient.Answer taken = client.place(anna, "k-1", LANTERNS);
        assertThat(taken.status()).isEqualTo(202);
        assertThat(taken.text("status")).isEqualTo("CONFIRMED");
        UUID id = taken.id();
        restore.replaced();
        ServiceUnderTest.awaitAnswer(() -> assertThat(tables.find(id)).isEmpty());
        credits.stop();

        OrderClient.Answer again = client.place(anna, "k-1", LANTERNS);

        assertThat(again.text("status")).isEqualTo("CONFIRMED");
        assertThat(known.lastKnown(id)).isPresent();
        appliers(MessageListenerContainer::start);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(tables.find(id))
                        .hasValueSatisfying(order -> assertThat(order.status()).isEqualTo(OrderStatus.CONFIRMED)));
    }

    @Test
    void aCancellationThatARestoreTookBackIsForgottenWhereTheOrderIsConfirmedAgain() {
        Order confirmed = applied(OrderStatus.CONFIRMED);
        credits.stop();
        Order cancelled = confirmed.cancelled(Instant.now());
        new RestoreNotices(keyspace, pauses).replaced();
        fromJournal.read(WrittenElsewhere.record(cancelled));
        assertThat(known.lastKnown(cancelled.id())).contains(cancelled);

        OrderClient.Answer again = answered("CONFIRMED");

        assertThat(again.status()).isEqualTo(201);
    }

    /** When user-service gave it no answer, the credit is still reserved. */
    @Test
    void aCancellationByAnotherInstanceIsFoundByWhoeverPlacesTheOrderAgain() {
        Order confirmed = applied(OrderStatus.CONFIRMED);
        tables.write(confirmed.cancelled(Instant.now()));

        OrderClient.Answer again = answered("CANCELLED");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.id()).isEqualTo(confirmed.id());
    }

    @Test
    void aCancellationSinceTheRestoreIsRemembered() {
        Order confirmed = applied(OrderStatus.CONFIRMED);
        credits.stop();
        new RestoreNotices(keyspace, pauses).replaced();
        fromJournal.read(
                WrittenElsewhere.record(confirmed.cancelled(Instant.now().plusSeconds(1))));

        OrderClient.Answer again = client.place(anna, "k-1", LANTERNS);

        assertThat(again.text("status")).isEqualTo("CANCELLED");
    }

    @Test
    void withoutARestoreNothingIsForgottenThoughTheTablesDoNotShowIt() {
        Order decided = applied(OrderStatus.CONFIRMED);
        credits.stop();
        rollBack(decided);

        OrderClient.Answer again = client.place(anna, "k-1", LANTERNS);

        assertThat(again.text("status")).isEqualTo("CONFIRMED");
        assertThat(known.lastKnown(decided.id())).isPresent();
    }

    /** What the tables have is told when they tell it, on a busy machine not at once; until then every answer says so. */
    private OrderClient.Answer answered(String status) {
        return await().atMost(SOON)
                .until(
                        () -> {
                            OrderClient.Answer answer = client.place(anna, "k-1", LANTERNS);
                            assertThat(answer.text("status").equals(status)
                                            || answer.status() == 202
                                            || answer.degraded() != null)
                                    .as("%s", answer)
                                    .isTrue();
                            return answer;
                        },
                        answer -> answer.text("status").equals(status));
    }

    private Order applied(OrderStatus status) {
        OrderClient.Answer placed = client.place(anna, "k-1", LANTERNS);
        if (status == OrderStatus.CANCELLED) {
            client.cancel(anna, placed.location());
        }
        UUID id = placed.id();
        await().atMost(SOON).until(() -> {
            overlay.awaitHeld();
            return overlay.latest(id.toString()).isEmpty();
        });
        Order decided = tables.find(id).orElseThrow();
        assertThat(decided.status()).isEqualTo(status);
        return decided;
    }

    private void rollBack(Order decided) {
        session.execute("DELETE FROM orders USING TIMESTAMP %d WHERE id = %s"
                .formatted(decided.timestamp().microseconds(), decided.id()));
        assertThat(tables.find(decided.id())).isEmpty();
    }

    private void appliers(Consumer<MessageListenerContainer> what) {
        containers.getListenerContainers().stream()
                .filter(container -> !String.valueOf(container.getListenerId()).endsWith("-dlt"))
                .forEach(what);
    }
}
