package io.holdfast.order.storing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import org.springframework.data.cassandra.core.InsertOptions;
import org.springframework.data.cassandra.core.StatementFactory;
import org.springframework.data.cassandra.core.convert.CassandraConverter;
import org.springframework.data.cassandra.core.cql.util.StatementBuilder.ParameterHandling;
import org.springframework.stereotype.Component;

import io.holdfast.order.Order;
import io.holdfast.storage.session.Statements;

/** How orders of one user come into their tables: each row under its order's timestamp, and rows of one partition together. */
@Component
class OrderInserts {

    /** Of one batch, about: Cassandra warns of one that is larger than 5 KB. */
    private static final int MOST_BYTES = 4_000;

    private static final int BYTES_OF_AN_ORDER = 200;
    private static final int BYTES_OF_A_LINE = 60;
    private static final BinaryOperator<Order> LATER = BinaryOperator.maxBy(Comparator.comparing(Order::timestamp));

    private final StatementFactory factory;
    private final Statements statements;

    OrderInserts(CassandraConverter converter, Statements statements) {
        this.factory = new StatementFactory(converter);
        this.statements = statements;
    }

    /**
     * A row to be inserted.
     *
     * @param timestamp in microseconds
     */
    record Insert(Object row, long timestamp) {

        private static Insert of(Object row, Order order) {
            return new Insert(row, order.timestamp().microseconds());
        }
    }

    /** What is to be inserted, as it goes together. Asks nobody: what is wrong with an order is found here. */
    static List<List<Insert>> of(List<Order> orders) {
        List<List<Insert>> inserts = new ArrayList<>();
        Map<Integer, List<Order>> months = orders.stream()
                .collect(Collectors.groupingBy(order -> Place.of(order).month()));
        months.values().forEach(month -> {
            inserts.addAll(byUser(month));
            Order latest = month.stream().reduce(LATER).orElseThrow();
            inserts.add(List.of(Insert.of(OrderMonthRow.of(latest), latest)));
        });
        orders.forEach(order -> inserts.add(List.of(Insert.of(OrderRow.of(order, items(order)), order))));
        return inserts;
    }

    private static List<List<Insert>> byUser(List<Order> ofOneMonth) {
        List<List<Insert>> inserts = new ArrayList<>();
        List<Insert> together = new ArrayList<>();
        int bytes = 0;
        for (Order order : ofOneMonth) {
            int more = bytes(order);
            if (bytes + more > MOST_BYTES && !together.isEmpty()) {
                inserts.add(List.copyOf(together));
                together.clear();
                bytes = 0;
            }
            together.add(Insert.of(OrderByUserRow.of(order, items(order)), order));
            bytes += more;
        }
        inserts.add(List.copyOf(together));
        return inserts;
    }

    private static int bytes(Order order) {
        return BYTES_OF_AN_ORDER
                + order.items().stream()
                        .mapToInt(item -> BYTES_OF_A_LINE
                                + String.valueOf(item.sku()).length()
                                + String.valueOf(item.description()).length())
                        .sum();
    }

    private static List<OrderItemRow> items(Order order) {
        return order.items().stream().map(OrderItemRow::of).toList();
    }

    /** As one statement, which may be executed twice and late. To be called inside the guarded call: the first time Cassandra is asked. */
    Statement<?> statement(List<Insert> together) {
        List<BoundStatement> inserts = together.stream().map(this::bound).toList();
        return inserts.size() == 1
                ? inserts.getFirst()
                : BatchStatement.newInstance(BatchType.UNLOGGED).addAll(inserts).setIdempotent(true);
    }

    private BoundStatement bound(Insert insert) {
        InsertOptions options =
                InsertOptions.builder().timestamp(insert.timestamp()).build();
        SimpleStatement statement = factory.insert(insert.row(), options).build(ParameterHandling.BY_INDEX);
        return statements.bound(statement).setIdempotent(true);
    }
}
