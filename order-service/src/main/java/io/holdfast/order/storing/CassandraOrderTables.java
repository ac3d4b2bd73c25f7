package io.holdfast.order.storing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import org.jspecify.annotations.Nullable;
import org.springframework.data.cassandra.core.CassandraTemplate;
import org.springframework.data.cassandra.core.cql.AsyncCqlTemplate;
import org.springframework.stereotype.Component;

import io.holdfast.failover.fallback.QueuedWrites;
import io.holdfast.failover.guard.Guard;
import io.holdfast.failover.guard.Guards;
import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.storage.session.WriteGate;

/** Orders in the tables {@code orders}, {@code orders_by_user} and {@code order_months}, written side by side under one timestamp. */
@Component
class CassandraOrderTables implements OrderTables {

    private static final String CASSANDRA = "cassandra";
    private static final String BY_ID = "SELECT * FROM orders WHERE id = ?";
    private static final String USERS = "SELECT DISTINCT user_id FROM order_months LIMIT ?";
    private static final String USERS_AFTER =
            "SELECT DISTINCT user_id FROM order_months WHERE token(user_id) > token(?) LIMIT ?";

    private final CassandraTemplate reads;
    private final AsyncCqlTemplate writes;
    private final OrderInserts inserts;
    private final Guards guards;
    private final WriteGate gate;
    private final QueuedWrites queued;

    CassandraOrderTables(
            CassandraTemplate reads,
            AsyncCqlTemplate writes,
            OrderInserts inserts,
            Guards guards,
            WriteGate gate,
            QueuedWrites queued) {
        this.reads = reads;
        this.writes = writes;
        this.inserts = inserts;
        this.guards = guards;
        this.gate = gate;
        this.queued = queued;
    }

    @Override
    public void writeAll(List<Order> decided) {
        for (Order order : decided) {
            if (!order.isDecided()) {
                throw new IllegalArgumentException("A pending order stands in no table: " + order.id());
            }
        }
        gate.requireOpen();
        List<List<OrderInserts.Insert>> rows = OrderInserts.of(decided);
        cassandra()
                .<@Nullable Object>repeatable(() -> all(rows.stream()
                        .map(together -> writes.execute(inserts.statement(together)))
                        .toArray(CompletableFuture<?>[]::new)));
    }

    @Override
    public Optional<Order> find(UUID id) {
        SimpleStatement query = SimpleStatement.newInstance(BY_ID, id).setIdempotent(true);
        return gate.find(() -> Optional.ofNullable(
                        cassandra().<@Nullable OrderRow>repeatable(() -> reads.selectOne(query, OrderRow.class))))
                .map(OrderRow::order);
    }

    @Override
    public OrderPage ofUser(UUID userId, @Nullable OrderStatus status, @Nullable Place after, int limit) {
        if (gate.isPaused()) {
            queued.tellIncomplete(CASSANDRA);
        }
        return new UserOrdersQuery(reads, cassandra(), userId, status).page(after, limit);
    }

    @Override
    public List<UUID> users(@Nullable UUID after, int limit) {
        SimpleStatement query = after == null
                ? SimpleStatement.newInstance(USERS, limit)
                : SimpleStatement.newInstance(USERS_AFTER, after, limit);
        return cassandra().repeatable(() -> reads.select(query.setIdempotent(true), UUID.class));
    }

    @Override
    public boolean wereReplacedSince(Instant then) {
        return gate.wereTablesReplacedSince(then);
    }

    @Override
    public void requireProof() {
        gate.requireOpen();
    }

    private Guard cassandra() {
        return guards.of(CASSANDRA);
    }

    private static @Nullable Object all(CompletableFuture<?>... writes) throws Exception {
        try {
            return CompletableFuture.allOf(writes).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
