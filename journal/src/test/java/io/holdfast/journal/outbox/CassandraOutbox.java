package io.holdfast.journal.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import org.jspecify.annotations.Nullable;

import io.holdfast.journal.record.StoredRecord;
import io.holdfast.local.fixture.CassandraServer;

/** The outbox as a service keeps it, on a real node. */
final class CassandraOutbox implements OutboxStore, AutoCloseable {

    private final CqlSession session;
    private Runnable beforeDelete = () -> {};

    private CassandraOutbox(CqlSession session) {
        this.session = session;
    }

    static CassandraOutbox open(CassandraServer cassandra, String keyspace) {
        try (CqlSession session = session(cassandra).build()) {
            session.execute(
                    "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = {'class': 'NetworkTopologyStrategy', '%s': 1}"
                            .formatted(keyspace, cassandra.datacenter()));
            for (String statement :
                    OutboxTable.DEFINITION.replace("${keyspace}", keyspace).split(";\\s*", 0)) {
                session.execute(statement);
            }
        }
        return new CassandraOutbox(session(cassandra).withKeyspace(keyspace).build());
    }

    private static CqlSessionBuilder session(CassandraServer cassandra) {
        return CqlSession.builder()
                .addContactPoint(cassandra.address())
                .withLocalDatacenter(cassandra.datacenter())
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                        .build());
    }

    void beforeDelete(Runnable happens) {
        beforeDelete = happens;
    }

    void add(OutboxEntry entry) {
        OutboxPartition at = entry.partition();
        StoredRecord record = entry.record();
        // Not in a batch: Cassandra refuses those above 50 KiB.
        session.execute(session.prepare(OutboxTable.ADD_PARTITION).bind(at.minute(), at.instance()));
        session.execute(session.prepare(OutboxTable.ADD_ENTRY)
                .bind(
                        at.instance(),
                        at.minute(),
                        entry.stamp(),
                        entry.id(),
                        record.topic(),
                        record.key(),
                        record.headers(),
                        record.value()));
    }

    @Override
    public List<OutboxPartition> partitions() {
        return session.execute(OutboxTable.PARTITIONS)
                .map(row -> new OutboxPartition(
                        text(row, "instance"), Objects.requireNonNull(row.get("minute", Instant.class))))
                .all();
    }

    @Override
    public List<OutboxEntry> entries(OutboxPartition partition, @Nullable OutboxEntry after, int limit) {
        return session.execute(session.prepare(OutboxTable.ENTRIES)
                        .bind(
                                partition.instance(),
                                partition.minute(),
                                after == null ? -1L : after.stamp(),
                                after == null ? "" : after.id(),
                                limit))
                .map(row -> new OutboxEntry(partition, row.getLong("stamp"), text(row, "id"), record(row)))
                .all();
    }

    @Override
    public void delete(OutboxPartition partition) {
        beforeDelete.run();
        session.execute(session.prepare(OutboxTable.DELETE_ENTRIES).bind(partition.instance(), partition.minute()));
        session.execute(session.prepare(OutboxTable.DELETE_PARTITION).bind(partition.minute(), partition.instance()));
    }

    @Override
    public void close() {
        session.close();
    }

    private static StoredRecord record(Row row) {
        Map<String, String> headers = Objects.requireNonNull(row.getMap("headers", String.class, String.class));
        return new StoredRecord(text(row, "topic"), text(row, "key"), headers, text(row, "value"));
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNull(row.getString(column));
    }
}
