package io.holdfast.order.storing;

import static io.holdfast.order.SomeOrders.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.CqlSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.order.OnRealServers;
import io.holdfast.order.Order;
import io.holdfast.order.OrderItem;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.RejectionReason;
import io.holdfast.order.SeenStatements;
import io.holdfast.order.ServiceUnderTest;
import io.holdfast.order.SomeOrders;

@OnRealServers
class OrdersInCassandraIT {

    private static final Comparator<Order> NEWEST_FIRST =
            Comparator.comparing(Order::placedAt).reversed();

    private final UUID anna = UUID.randomUUID();

    @Autowired
    private OrderTables tables;

    @Autowired
    private CqlSession session;

    @Autowired
    private SeenStatements statements;

    @BeforeEach
    void untilConnected() {
        ServiceUnderTest.awaitAnswer(() -> tables.find(anna));
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIRMED CANCELLED",
        "CANCELLED CONFIRMED",
        "CANCELLED CONFIRMED CANCELLED CONFIRMED CONFIRMED",
        "CONFIRMED CANCELLED CONFIRMED"
    })
    void writesInAnyOrderLeaveTheHighestRank(String sequence) {
        Order pending = SomeOrders.pending(anna, UUID.randomUUID(), SomeOrders.ACCEPTED);
        Order cancelled = pending.confirmed().cancelled(Instant.parse("2026-11-20T11:00:00Z"));

        for (String status : sequence.split(" ", -1)) {
            tables.write(
                    switch (OrderStatus.valueOf(status)) {
                        case CONFIRMED -> pending.confirmed();
                        default -> cancelled;
                    });
        }

        assertThat(tables.find(pending.id())).contains(cancelled);
        assertThat(tables.ofUser(anna, null, null, 10).orders()).containsExactly(cancelled);
    }

    @ParameterizedTest
    @CsvSource({"CREDIT_TOO_SMALL TOO_LATE", "TOO_LATE CREDIT_TOO_SMALL"})
    void aRejectionByReleaseStaysHoweverLateAnotherOneIsWritten(String sequence) {
        Order pending = SomeOrders.pending(anna, UUID.randomUUID(), SomeOrders.ACCEPTED);
        Order late = pending.expired(Duration.ofHours(24));

        for (String reason : sequence.split(" ", -1)) {
            tables.write(reason.equals("TOO_LATE") ? late : pending.rejected(RejectionReason.CREDIT_TOO_SMALL));
        }

        assertThat(tables.find(pending.id())).contains(late);
    }

    @Test
    void ordersWrittenTogetherStandInEveryTableAsEachWouldAlone() {
        List<Order> together = IntStream.range(0, 60)
                .mapToObj(number -> Order.pending(
                                UUID.randomUUID(),
                                anna,
                                "GBP",
                                List.of(item("A", 1, "1")),
                                Instant.parse("2025-12-31T23:00:00Z").plus(Duration.ofDays(number)),
                                Stamp.at(SomeOrders.ACCEPTED.instant().plusSeconds(number)),
                                "hash")
                        .confirmed())
                .toList();
        Order longest = longest(Instant.parse("2026-01-01T10:00:00Z"));
        List<Order> all = Stream.concat(together.stream(), Stream.of(longest)).toList();

        statements.forget();
        tables.writeAll(all);

        assertThat(statements.count())
                .as("statements for %d orders", all.size())
                .isLessThan(all.size() * 3 / 2);
        assertThat(statements.unmarked()).isEmpty();
        assertThat(statements.marked())
                .as("a text for each table")
                .filteredOn(text -> text.startsWith("INSERT"))
                .hasSizeLessThanOrEqualTo(3);
        assertThat(pages(null, 100)).containsExactlyInAnyOrderElementsOf(all);
        for (Order order : all) {
            assertThat(tables.find(order.id())).contains(order);
            assertThat(timesOfWriting(order)).containsOnly(order.timestamp().microseconds());
        }
    }

    @Test
    void whatIsWrongWithAnOrderIsNotTakenForALossOfCassandra() {
        Order withoutStatus = JsonMapper.builder()
                .build()
                .readValue("""
                        {"id":"%s","userId":"%s","status":null,"reason":null,"currency":"GBP","total":1,"items":[],"acknowledged":false,
                        "placedAt":"2026-11-20T10:00:00Z","changedAt":"2026-11-20T10:00:00Z","accepted":1795000000000000,"bodyHash":"hash"}
                        """.formatted(UUID.randomUUID(), anna), JournaledOrder.class)
                .order();

        assertThatThrownBy(() -> tables.write(withoutStatus)).isNotInstanceOf(DependencyUnavailableException.class);
    }

    @Test
    void aPendingOrderStandsInNoTable() {
        assertThatIllegalArgumentException().isThrownBy(() -> tables.write(SomeOrders.pending()));
    }

    @Test
    void everyStatementIsMarkedAsOneThatMayBeDoneTwice() {
        statements.forget();
        Order order = SomeOrders.placed(anna, 1);
        tables.write(order);
        tables.find(order.id());
        tables.ofUser(anna, null, null, 10);
        tables.ofUser(anna, OrderStatus.CONFIRMED, null, 10);

        assertThat(statements.marked()).hasSizeGreaterThanOrEqualTo(6);
        assertThat(statements.unmarked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1", "7", "20", "100"})
    void pagesThroughAllOrdersNewestFirstAcrossMonths(int limit) {
        List<Order> placed = place(45, 3_600);
        placed.sort(NEWEST_FIRST);

        assertThat(pages(null, limit)).isEqualTo(placed);
    }

    @Test
    void pagesStayStableWhileOrdersArePlaced() {
        List<Order> placed = place(30, 3_600);
        placed.sort(NEWEST_FIRST);
        OrderPage first = tables.ofUser(anna, null, null, 10);

        tables.write(SomeOrders.placed(anna, 1_000_000));
        List<Order> seen = new ArrayList<>(first.orders());
        seen.addAll(rest(null, 10, first.next()));

        assertThat(seen).isEqualTo(placed);
    }

    @Test
    void ordersOfTheSameMillisecondAreAllSeenOnce() {
        List<Order> placed = place(25, 0);

        assertThat(pages(null, 4)).containsExactlyInAnyOrderElementsOf(placed);
    }

    @Test
    void filtersByStatusAndStillFillsItsPages() {
        List<Order> cancelled = new ArrayList<>();
        for (Order order : place(40, 3_600)) {
            if (order.placedAt().getEpochSecond() / 3_600 % 3 == 0) {
                Order gone = order.cancelled(Instant.parse("2026-11-20T11:00:00Z"));
                tables.write(gone);
                cancelled.add(gone);
            }
        }
        cancelled.sort(NEWEST_FIRST);

        assertThat(pages(OrderStatus.CANCELLED, 4)).isEqualTo(cancelled);
        assertThat(tables.ofUser(anna, OrderStatus.CANCELLED, null, 4).orders()).hasSize(4);
        assertThat(tables.ofUser(anna, OrderStatus.REJECTED, null, 4)).isEqualTo(new OrderPage(List.of(), null));
    }

    @Test
    void aFullLastPageHasNoNext() {
        place(4, 60);

        assertThat(tables.ofUser(anna, null, null, 4).next()).isNull();
        assertThat(tables.ofUser(anna, null, null, 3).next()).isNotNull();
    }

    @Test
    void aPageOfTheLongestOrdersEndsEarly() {
        for (int minute = 0; minute < 3; minute++) {
            tables.write(longest(Instant.parse("2026-01-01T10:00:00Z").plusSeconds(minute * 60L)));
        }

        OrderPage first = tables.ofUser(anna, null, null, 100);
        OrderPage second = tables.ofUser(anna, null, first.next(), 100);

        assertThat(first.orders()).hasSize(2);
        assertThat(second.orders()).hasSize(1);
        assertThat(second.next()).isNull();
    }

    @Test
    void aUserWithoutOrdersHasAnEmptyList() {
        assertThat(tables.ofUser(UUID.randomUUID(), null, null, 20)).isEqualTo(new OrderPage(List.of(), null));
    }

    private Set<Long> timesOfWriting(Order order) {
        long byId = session.execute("SELECT WRITETIME(status) FROM orders WHERE id = ?", order.id())
                .one()
                .getLong(0);
        long byUser = session.execute(
                        "SELECT WRITETIME(status) FROM orders_by_user WHERE user_id = ? AND month = ? AND placed_at = ? AND id = ?",
                        order.userId(),
                        Place.of(order).month(),
                        order.placedAt(),
                        order.id())
                .one()
                .getLong(0);
        return new HashSet<>(List.of(byId, byUser));
    }

    private Order longest(Instant placedAt) {
        List<OrderItem> items = Collections.nCopies(5_000, item("85123A", 6, "2.55"));
        return Order.pending(UUID.randomUUID(), anna, "GBP", items, placedAt, SomeOrders.ACCEPTED, "hash")
                .confirmed();
    }

    private List<Order> place(int count, int secondsBetween) {
        List<Order> placed = IntStream.range(0, count)
                .mapToObj(i -> SomeOrders.placed(anna, (long) i * secondsBetween))
                .toList();
        placed.forEach(tables::write);
        return new ArrayList<>(placed);
    }

    private List<Order> pages(@Nullable OrderStatus status, int limit) {
        return rest(status, limit, null);
    }

    private List<Order> rest(@Nullable OrderStatus status, int limit, @Nullable Place after) {
        List<Order> seen = new ArrayList<>();
        Place next = after;
        do {
            OrderPage page = tables.ofUser(anna, status, next, limit);
            assertThat(page.orders()).hasSizeLessThanOrEqualTo(limit);
            seen.addAll(page.orders());
            next = page.next();
        } while (next != null);
        return seen;
    }
}
