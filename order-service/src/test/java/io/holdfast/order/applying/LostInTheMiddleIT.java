package io.holdfast.order.applying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.util.ClassUtils;

import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.overlay.Overlay;
import io.holdfast.order.OnRealServers;
import io.holdfast.order.Order;
import io.holdfast.order.ServiceUnderTest;
import io.holdfast.order.SomeOrders;
import io.holdfast.order.storing.JournaledOrder;
import io.holdfast.order.storing.OrderJournal;
import io.holdfast.order.storing.OrderTables;
import io.holdfast.order.storing.Orders;

/** A server is killed while orders of a user are written together, when it has the first half of them. */
@OnRealServers
@Import(LostInTheMiddleIT.Halves.class)
@Tag("long")
class LostInTheMiddleIT {

    private static final int ORDERS = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What is kept in the outbox goes into the journal when its minute is over. */
    private static final Duration RELAYED = PATIENCE.multipliedBy(2);

    /** By the name of the method that writes several orders: how the server behind it is lost, once. */
    private static final ConcurrentMap<String, Runnable> LOSSES = new ConcurrentHashMap<>();

    private final UUID anna = UUID.randomUUID();

    @Autowired
    private OrderJournal journal;

    @Autowired
    private OrderTables tables;

    @Autowired
    private Orders orders;

    @Autowired
    private Overlay<JournaledOrder> overlay;

    @Autowired
    private HybridClock clock;

    @Autowired
    private CqlSession session;

    @BeforeEach
    void giveAnnaCredit() {
        ServiceUnderTest.CREDITS.grant(anna, "20.00");
        ServiceUnderTest.awaitAnswer(() -> tables.find(anna));
        ServiceUnderTest.awaitAnswer(() -> assertThat(orders.find(anna)).isEmpty());
    }

    @AfterEach
    void startAgain() {
        LOSSES.clear();
        ServiceUnderTest.CREDITS.start();
        ServiceUnderTest.cassandra().start();
        ServiceUnderTest.kafka().start();
    }

    @Test
    void whatCassandraHadAndWhatItHadNotStandsInTheTablesOnce() {
        List<Order> taken =
                decidedAtOnce("writeAll", () -> ServiceUnderTest.cassandra().kill());

        ServiceUnderTest.cassandra().start();

        assertEachIsThereOnce(taken);
    }

    @Test
    void whatTheJournalHadAndWhatItHadNotComesThereByTheOutbox() {
        List<Order> taken =
                decidedAtOnce("appendAll", () -> ServiceUnderTest.kafka().kill());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(inTheOutbox(taken)).hasSizeGreaterThan(1));

        ServiceUnderTest.kafka().start();

        await().atMost(RELAYED)
                .untilAsserted(() -> assertThat(inTheOutbox(taken)).isEmpty());
        assertEachIsThereOnce(taken);
    }

    /** Orders of Anna that waited for her credit, decided together; the server is lost in the middle of that. */
    private List<Order> decidedAtOnce(String write, Runnable loss) {
        List<Order> all = Stream.generate(() -> Order.pending(
                        UUID.randomUUID(),
                        anna,
                        "GBP",
                        List.of(SomeOrders.item("B", 1, "1")),
                        null,
                        clock.next().step(0),
                        "hash"))
                .limit(ORDERS)
                .toList();
        ServiceUnderTest.CREDITS.stop();
        all.forEach(journal::appendAcknowledged);
        LOSSES.put(write, loss);
        ServiceUnderTest.CREDITS.start();
        await().atMost(PATIENCE).until(LOSSES::isEmpty);
        return all;
    }

    private void assertEachIsThereOnce(List<Order> taken) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(tables.ofUser(anna, null, null, 100).orders())
                                .containsExactlyInAnyOrderElementsOf(
                                        taken.stream().map(Order::confirmed).toList()));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> taken.stream().allMatch(this::isApplied));
        assertThat(taken)
                .allSatisfy(order -> assertThat(tables.find(order.id())).contains(order.confirmed()));
        assertThat(ServiceUnderTest.CREDITS.rows(anna)).isEqualTo(ORDERS);
        assertThat(ServiceUnderTest.CREDITS.available(anna)).isEqualByComparingTo("8");
    }

    private boolean isApplied(Order order) {
        overlay.awaitHeld();
        return overlay.latest(order.id().toString()).isEmpty();
    }

    private List<String> inTheOutbox(List<Order> taken) {
        List<String> ids = taken.stream().map(order -> order.id().toString()).toList();
        return session.execute("SELECT id FROM journal_outbox").all().stream()
                .map(row -> String.valueOf(row.getString("id")))
                .filter(ids::contains)
                .distinct()
                .toList();
    }

    /** Writes the first half of several decided orders, loses the server if that is asked for, and then writes them all. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Halves {

        @Bean
        static BeanPostProcessor halves() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof OrderTables || bean instanceof OrderJournal ? halved(bean) : bean;
                }
            };
        }

        private static Object halved(Object bean) {
            return Proxy.newProxyInstance(
                    Halves.class.getClassLoader(), ClassUtils.getAllInterfaces(bean), (proxy, method, arguments) -> {
                        try {
                            if (arguments != null && arguments[0] instanceof List<?> several && several.size() > 1) {
                                Runnable loss = LOSSES.get(method.getName());
                                if (loss != null) {
                                    method.invoke(bean, several.subList(0, several.size() / 2));
                                    loss.run();
                                    LOSSES.remove(method.getName());
                                }
                            }
                            return method.invoke(bean, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    });
        }
    }
}
