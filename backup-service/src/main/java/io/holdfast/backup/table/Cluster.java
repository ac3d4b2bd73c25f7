package io.holdfast.backup.table;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.TokenMap;

import io.holdfast.backup.patience.Patience;
import io.holdfast.backup.throttle.Throttle;
import io.holdfast.failover.guard.Guards;
import io.holdfast.storage.policy.DriverTimeout;

/** Cassandra, called through its guard, with patience. Every statement may be repeated. */
public final class Cluster {
    private static final String DATA = "cassandra";
    private static final String SCHEMA = "cassandra-schema";

    /** For a change of the schema that no guard ends. */
    private static final Duration UNGUARDED = Duration.ofSeconds(60);

    private final CqlSession session;
    private final Guards guards;
    private final Patience patience;
    private final Throttle throttle;

    /** A cluster to and from which rows travel as fast as they can. */
    public Cluster(CqlSession session, Guards guards, Patience patience) {
        this(session, guards, patience, Throttle.none());
    }

    /** A cluster to and from which rows travel no faster than a throttle allows. */
    public Cluster(CqlSession session, Guards guards, Patience patience, Throttle throttle) {
        this.session = session;
        this.guards = guards;
        this.patience = patience;
        this.throttle = throttle;
    }

    /** The same cluster for a caller who waits for an answer: no patience. */
    public Cluster inHaste() {
        return new Cluster(session, guards, new Patience(Duration.ZERO), throttle);
    }

    /** Waits until so many bytes of rows more may be written. */
    public void makeWay(long bytes) {
        throttle.take(bytes);
    }

    /** Waits until so many bytes of rows more may be read, which takes longer while pages are late. */
    public void makeWayForReading(long bytes) {
        throttle.takeForReading(bytes);
    }

    /**
     * Reads a page of rows, and minds how long it takes.
     *
     * @param most how many bytes it is to hold, if nothing speaks against it
     */
    public ResultSet readPage(Statement<?> statement, int most) {
        return call(DATA, () -> {
            long began = System.nanoTime();
            try {
                ResultSet page = session.execute(statement.setIdempotent(true));
                throttle.answered(page.getExecutionInfo().getResponseSizeInBytes(), most, System.nanoTime() - began);
                return page;
            } catch (RuntimeException noAnswer) {
                throttle.notAnswered();
                throw noAnswer;
            }
        });
    }

    /** How many bytes of rows to ask for at once, if nothing speaks against so many as that. */
    public int pieceBytes(int most) {
        return throttle.pieceBytes(most);
    }

    /** Runs a statement; of the result, only the first page is there. */
    public ResultSet execute(Statement<?> statement) {
        return call(DATA, () -> session.execute(statement.setIdempotent(true)));
    }

    /** Runs a statement that must not happen twice, without patience: after a failure, it may have happened or not. */
    public ResultSet executeOnce(Statement<?> statement) {
        return guards.of(DATA).once(() -> session.execute(statement.setIdempotent(false)));
    }

    /** Repeats a call, while Cassandra is away, for as long as there is patience. */
    public <T> T patiently(Supplier<T> call) {
        return patience.call(call);
    }

    public PreparedStatement prepare(String cql) {
        return call(DATA, () -> session.prepare(cql));
    }

    /** The tables of a keyspace as the driver remembers them, perhaps a moment late: nobody is asked. */
    public Set<TableName> remembered(String keyspace) {
        return session
                .getMetadata()
                .getKeyspace(CqlIdentifier.fromInternal(keyspace))
                .map(found -> found.getTables().keySet())
                .orElse(Set.of())
                .stream()
                .map(table -> new TableName(keyspace, table.asInternal()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The token of a partition.
     *
     * @param key the values of its key as they travel in the native protocol
     */
    public long token(List<ByteBuffer> key) {
        return call(DATA, () -> {
            TokenMap tokens = session.getMetadata()
                    .getTokenMap()
                    .orElseThrow(() -> new IllegalStateException("The driver keeps no tokens"));
            return Long.parseLong(tokens.format(tokens.newToken(key.toArray(ByteBuffer[]::new))));
        });
    }

    /** Runs a statement that changes or describes a schema, or truncates: it has a guard with more time. */
    public ResultSet executeSchema(String cql) {
        return call(
                SCHEMA,
                () -> session.execute(SimpleStatement.newInstance(cql)
                        // Repeated one after the other, but never asked of two nodes at once: changes of a schema
                        // collide.
                        .setIdempotent(false)
                        .setTimeout(DriverTimeout.ofThisCall(UNGUARDED))));
    }

    private <T> T call(String dependency, Callable<T> call) {
        return patience.call(() -> guards.of(dependency).repeatable(call));
    }
}
