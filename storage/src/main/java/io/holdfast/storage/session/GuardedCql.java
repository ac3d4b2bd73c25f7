package io.holdfast.storage.session;

import java.util.List;
import java.util.function.Supplier;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import org.jspecify.annotations.Nullable;
import org.springframework.data.cassandra.core.cql.CqlOperations;

import io.holdfast.failover.guard.Guard;
import io.holdfast.failover.guard.Guards;
import io.holdfast.failover.policy.FailoverPolicy;

/**
 * Prepared statements through the guard of {@code cassandra}. Each takes CQL with {@code ?} for values (one of a fixed set
 * of texts) and fails with {@link io.holdfast.failover.guard.DependencyUnavailableException} when there is no answer. For
 * results of one page: further pages would be fetched outside the guard.
 */
public final class GuardedCql {

    private final Guards guards;
    private final CqlOperations cql;
    private final Statements statements;
    private final Supplier<FailoverPolicy> policy;
    private final WriteGate gate;

    /**
     * Statements of a service.
     *
     * @param policy the one in force
     * @param gate of its keyspace: while that is shut, writes fail without being asked for
     */
    public GuardedCql(
            Guards guards, CqlOperations cql, Statements statements, Supplier<FailoverPolicy> policy, WriteGate gate) {
        this.guards = guards;
        this.cql = cql;
        this.statements = statements;
        this.policy = policy;
        this.gate = gate;
    }

    /** Reads at the policy's consistency. */
    public ResultSet read(String query, @Nullable Object... values) {
        return guard().repeatable(
                        () -> cql.queryForResultSet(bound(query, values).setIdempotent(true)));
    }

    /** Reads what conditional writes left, and brings one that is half done to its end: at the policy's serial consistency. */
    public ResultSet readSerial(String query, @Nullable Object... values) {
        return guard().repeatable(() ->
                cql.queryForResultSet(bound(query, values).setIdempotent(true).setConsistencyLevel(serial())));
    }

    /** Writes what may be written twice with the same outcome. */
    public ResultSet writeRepeatable(String write, @Nullable Object... values) {
        gate.requireOpen();
        return guard().repeatable(
                        () -> cql.queryForResultSet(bound(write, values).setIdempotent(true)));
    }

    /** Writes once; after a failure its outcome is unknown, unless the failure says that it was not asked. */
    public ResultSet writeOnce(String write, @Nullable Object... values) {
        gate.requireOpen();
        return guard().once(() -> cql.queryForResultSet(bound(write, values).setIdempotent(false)));
    }

    /**
     * Writes several rows of one partition as one batch, once, as {@link #writeOnce} does: all of them, or none when one's condition does
     * not hold.
     */
    public ResultSet writeOnceTogether(List<Write> writes) {
        gate.requireOpen();
        return guard().once(() -> {
            BatchStatementBuilder batch = BatchStatement.builder(BatchType.UNLOGGED);
            for (Write write : writes) {
                batch.addStatement(bound(write.text(), write.values().toArray()));
            }
            return cql.queryForResultSet(batch.setIdempotence(false).build());
        });
    }

    /**
     * A write of a batch.
     *
     * @param text one of a fixed set, with {@code ?} for values
     */
    public record Write(String text, List<Object> values) {

        public Write {
            values = List.copyOf(values);
        }

        public static Write of(String text, Object... values) {
            return new Write(text, List.of(values));
        }
    }

    private ConsistencyLevel serial() {
        return switch (policy.get().cassandra().serialConsistency()) {
            case SERIAL -> DefaultConsistencyLevel.SERIAL;
            case LOCAL_SERIAL -> DefaultConsistencyLevel.LOCAL_SERIAL;
        };
    }

    private Guard guard() {
        return guards.of("cassandra");
    }

    private BoundStatement bound(String text, @Nullable Object... values) {
        return statements.of(text).bind(values);
    }
}
