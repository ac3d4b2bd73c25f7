package io.holdfast.order.storing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import org.jspecify.annotations.Nullable;
import org.springframework.data.cassandra.core.CassandraTemplate;

import io.holdfast.failover.guard.Guard;
import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;

/** Reads a part of a user's orders month by month, newest first. The status is filtered within a partition, by Cassandra. */
final class UserOrdersQuery {

    /** A page ends early when it holds so many lines, so that a page of the longest orders fits into memory. */
    static final int LINES = 10_000;

    private static final int ROWS_AT_ONCE = 25;

    private final CassandraTemplate cassandra;
    private final Guard guard;
    private final UUID userId;
    private final @Nullable OrderStatus status;

    UserOrdersQuery(CassandraTemplate cassandra, Guard guard, UUID userId, @Nullable OrderStatus status) {
        this.cassandra = cassandra;
        this.guard = guard;
        this.userId = userId;
        this.status = status;
    }

    OrderPage page(@Nullable Place after, int limit) {
        List<Order> orders = new ArrayList<>();
        for (int month : months()) {
            if (after != null && month > after.month()) {
                continue;
            }
            List<Order> found = guard.repeatable(() -> ofMonth(month, after, limit + 1 - orders.size()));
            orders.addAll(found);
            int kept = fitting(orders, limit);
            if (kept < orders.size()) {
                return new OrderPage(orders.subList(0, kept), Place.of(orders.get(kept - 1)));
            }
        }
        return new OrderPage(orders, null);
    }

    private List<Integer> months() {
        SimpleStatement query = SimpleStatement.newInstance(
                        "SELECT user_id, month FROM order_months WHERE user_id = ?", userId)
                .setIdempotent(true);
        return guard.repeatable(() -> cassandra.select(query, OrderMonthRow.class).stream()
                .map(OrderMonthRow::month)
                .toList());
    }

    private List<Order> ofMonth(int month, @Nullable Place after, int limit) {
        List<Order> found = new ArrayList<>();
        int lines = 0;
        try (Stream<OrderByUserRow> rows = cassandra.stream(query(month, after, limit), OrderByUserRow.class)) {
            for (Iterator<OrderByUserRow> row = rows.iterator(); lines <= LINES && row.hasNext(); ) {
                Order order = row.next().order();
                lines += order.items().size();
                found.add(order);
            }
        }
        return found;
    }

    private SimpleStatement query(int month, @Nullable Place after, int limit) {
        StringBuilder cql = new StringBuilder("SELECT * FROM orders_by_user WHERE user_id = ? AND month = ?");
        List<Object> values = new ArrayList<>(List.of(userId, month));
        if (after != null) {
            cql.append(" AND (placed_at, id) < (?, ?)");
            values.add(after.placedAt());
            values.add(after.id());
        }
        if (status != null) {
            cql.append(" AND status = ?");
            values.add(status.name());
        }
        cql.append(" LIMIT ?");
        values.add(limit);
        if (status != null) {
            cql.append(" ALLOW FILTERING");
        }
        return SimpleStatement.newInstance(cql.toString(), values.toArray())
                .setIdempotent(true)
                .setPageSize(ROWS_AT_ONCE);
    }

    /** How many of the first orders make a page: at most the limit, and one at least. */
    private static int fitting(List<Order> orders, int limit) {
        int lines = 0;
        for (int kept = 0; kept < orders.size(); kept++) {
            lines += orders.get(kept).items().size();
            if (kept == limit || (kept > 0 && lines > LINES)) {
                return kept;
            }
        }
        return orders.size();
    }
}
