package io.holdfast.system.bank;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.UdtValue;
import org.jspecify.annotations.Nullable;

/**
 * What Cassandra holds of some users.
 *
 * @param orders by id
 * @param byUser those of the list by user, of which an order may wrongly have several
 * @param months in which a user has orders, by user
 * @param credits by user
 */
record Tables(
        Map<UUID, StoredOrder> orders, List<Listed> byUser, Map<UUID, Set<Integer>> months, Map<UUID, Credit> credits) {

    private static final List<String> CELLS =
            List.of("status", "reason", "currency", "total", "items", "changed_at", "accepted", "body_hash");

    /** An order in the list of its user, and in which month it stands there. */
    record Listed(int month, StoredOrder order) {}

    /**
     * The credit of a user.
     *
     * @param reservations by order
     */
    record Credit(BigDecimal limit, BigDecimal available, Map<UUID, Reservation> reservations) {}

    /** @param amount null when the release came first */
    record Reservation(String state, @Nullable BigDecimal amount) {

        boolean isLive() {
            return state.equals("RESERVED");
        }
    }

    /** Reads all of it. */
    static Tables read(CqlSession cassandra, Set<UUID> users) {
        Map<UUID, StoredOrder> orders = new HashMap<>();
        for (Row row : cassandra.execute(select("orders", "user_id", "placed_at"))) {
            if (users.contains(row.getUuid("user_id"))) {
                StoredOrder order = order(row, writeTimes(row, "user_id", "placed_at"));
                orders.put(order.id(), order);
            }
        }
        List<Listed> byUser = new ArrayList<>();
        for (Row row : cassandra.execute(select("orders_by_user"))) {
            if (users.contains(row.getUuid("user_id"))) {
                byUser.add(new Listed(row.getInt("month"), order(row, writeTimes(row))));
            }
        }
        Map<UUID, Set<Integer>> months = new HashMap<>();
        for (Row row : cassandra.execute("SELECT user_id, month FROM holdfast_orders.order_months")) {
            months.computeIfAbsent(requireNonNull(row.getUuid("user_id")), user -> new HashSet<>())
                    .add(row.getInt("month"));
        }
        return new Tables(orders, byUser, months, credits(cassandra, users));
    }

    private static Map<UUID, Credit> credits(CqlSession cassandra, Set<UUID> users) {
        Map<UUID, Credit> credits = new HashMap<>();
        for (Row row : cassandra.execute(
                "SELECT user_id, order_id, credit_limit, available, state, amount FROM holdfast_users.credits")) {
            UUID user = requireNonNull(row.getUuid("user_id"));
            if (users.contains(user)) {
                Credit credit = credits.computeIfAbsent(
                        user,
                        first -> new Credit(
                                requireNonNull(row.getBigDecimal("credit_limit")),
                                requireNonNull(row.getBigDecimal("available")),
                                new HashMap<>()));
                if (!row.isNull("order_id")) {
                    credit.reservations()
                            .put(
                                    requireNonNull(row.getUuid("order_id")),
                                    new Reservation(
                                            requireNonNull(row.getString("state")), row.getBigDecimal("amount")));
                }
            }
        }
        return credits;
    }

    private static String select(String table, String... moreCells) {
        String times = cells(moreCells).stream()
                .map(cell -> "WRITETIME(" + cell + ") AS written_" + cell)
                .collect(Collectors.joining(", "));
        String month = table.equals("orders_by_user") ? "month, " : "";
        return "SELECT id, user_id, placed_at, " + month + String.join(", ", CELLS) + ", " + times
                + " FROM holdfast_orders." + table;
    }

    private static Set<Long> writeTimes(Row row, String... moreCells) {
        return cells(moreCells).stream()
                .map(cell -> row.isNull("written_" + cell) ? -1L : row.getLong("written_" + cell))
                .collect(Collectors.toSet());
    }

    private static List<String> cells(String... more) {
        List<String> cells = new ArrayList<>(CELLS);
        cells.addAll(List.of(more));
        return cells;
    }

    private static StoredOrder order(Row row, Set<Long> writeTimes) {
        return new StoredOrder(
                requireNonNull(row.getUuid("id")),
                requireNonNull(row.getUuid("user_id")),
                requireNonNull(row.getString("status")),
                requireNonNull(row.getString("reason")),
                requireNonNull(row.getString("currency")),
                requireNonNull(row.getBigDecimal("total")),
                requireNonNull(row.getList("items", UdtValue.class)).stream()
                        .map(Tables::item)
                        .toList(),
                requireNonNull(row.getInstant("placed_at")),
                requireNonNull(row.getInstant("changed_at")),
                row.getLong("accepted"),
                requireNonNull(row.getString("body_hash")),
                writeTimes);
    }

    private static String item(UdtValue item) {
        return String.join(
                " | ",
                requireNonNull(item.getString("sku")),
                requireNonNull(item.getString("description")),
                Integer.toString(item.getInt("quantity")),
                requireNonNull(item.getBigDecimal("unit_price")).toPlainString());
    }
}
