package io.holdfast.storage.migration;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;

/**
 * Makes a service's keyspace and brings its tables to the newest version. Several instances may start together: the one
 * that holds the lease (a cell with a time to live, taken and checked by conditional updates) applies, the others wait
 * for it. The table of applied versions has an id fixed by its name, so that two nodes asked to create it at the same
 * moment create the same one; every other table is created under the lease.
 */
public final class Migrations {

    private static final Logger log = LoggerFactory.getLogger(Migrations.class);

    private static final Duration SCHEMA_CHANGE = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration ASK_AGAIN = Duration.ofMillis(200);
    private static final Pattern KEYSPACE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");

    private final String keyspace;
    private final int replicationFactor;
    private final List<Migration> migrations;
    private final UUID self = UUID.randomUUID();

    /**
     * @param keyspace its name
     * @param replicationFactor copies in each data centre, when the keyspace has to be made
     * @param files the migrations, in any order
     * @throws MigrationException when a file's name or the keyspace's is none
     */
    public Migrations(String keyspace, int replicationFactor, List<Resource> files) {
        if (!KEYSPACE_NAME.matcher(keyspace).matches()) {
            throw new MigrationException("not a keyspace name: " + keyspace);
        }
        this.keyspace = keyspace;
        this.replicationFactor = replicationFactor;
        this.migrations =
                files.stream().map(Migration::read).sorted(Migration.IN_ORDER).toList();
        if (migrations.stream().map(Migration::version).distinct().count() < migrations.size()) {
            throw new MigrationException("two migrations of " + keyspace + " have the same version");
        }
    }

    /**
     * Returns when every migration is applied, here or by another instance, and the session uses the keyspace.
     *
     * @param datacenters those that hold copies, when the keyspace has to be made
     * @throws MigrationException when an applied migration is not the one in this service
     */
    public void apply(CqlSession session, List<String> datacenters) {
        createKeyspace(session, datacenters);
        awaitTable(session);
        while (!pending(session).isEmpty()) {
            if (tookLease(session)) {
                applyPending(session);
            } else {
                pause();
            }
        }
        session.execute("USE " + keyspace);
    }

    private void createKeyspace(CqlSession session, List<String> datacenters) {
        if (session.getMetadata().getKeyspace(keyspace).isEmpty()) {
            String copies = datacenters.stream()
                    .map(datacenter -> ", '%s': %d".formatted(datacenter.replace("'", "''"), replicationFactor))
                    .collect(Collectors.joining());
            change(
                    session,
                    "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = {'class': 'NetworkTopologyStrategy'%s}"
                            .formatted(keyspace, copies));
        }
        boolean hasTable = session.getMetadata()
                .getKeyspace(keyspace)
                .flatMap(known -> known.getTable("schema_migrations"))
                .isPresent();
        if (!hasTable) {
            UUID id = UUID.nameUUIDFromBytes((keyspace + ".schema_migrations").getBytes(StandardCharsets.UTF_8));
            change(session, """
                    CREATE TABLE IF NOT EXISTS %s.schema_migrations (
                      lane text, version int, holder uuid static, name text, checksum text, applied_at timestamp,
                      PRIMARY KEY (lane, version)) WITH ID = %s""".formatted(keyspace, id));
        }
    }

    /** A table another instance is making is listed a moment before it can be read. */
    private void awaitTable(CqlSession session) {
        long giveUp = System.nanoTime() + SCHEMA_CHANGE.toNanos();
        while (true) {
            try {
                execute(session, "SELECT version FROM %s.schema_migrations WHERE lane = 'schema' LIMIT 1");
                return;
            } catch (InvalidQueryException | ServerError notYet) {
                if (System.nanoTime() > giveUp) {
                    throw notYet;
                }
                pause();
            }
        }
    }

    private List<Migration> pending(CqlSession session) {
        Map<Integer, String> applied = new HashMap<>();
        for (Row row : execute(session, "SELECT version, checksum FROM %s.schema_migrations WHERE lane = 'schema'")) {
            if (row.getString("checksum") != null) {
                applied.put(row.getInt("version"), row.getString("checksum"));
            }
        }
        for (Migration migration : migrations) {
            String checksum = applied.get(migration.version());
            if (checksum != null && !checksum.equals(migration.checksum())) {
                throw new MigrationException("V%d of %s was applied with other statements; a change needs a new version"
                        .formatted(migration.version(), keyspace));
            }
        }
        return migrations.stream()
                .filter(migration -> !applied.containsKey(migration.version()))
                .toList();
    }

    private boolean tookLease(CqlSession session) {
        return execute(
                        session,
                        "UPDATE %s.schema_migrations USING TTL " + LEASE.toSeconds()
                                + " SET holder = ? WHERE lane = 'schema' IF holder = null",
                        self)
                .wasApplied();
    }

    private void applyPending(CqlSession session) {
        try {
            for (Migration migration : pending(session)) {
                migration
                        .statements()
                        .forEach(statement -> change(session, statement.replace("${keyspace}", keyspace)));
                record(session, migration);
                log.info(
                        "migration_applied keyspace={} version={} name={}",
                        keyspace,
                        migration.version(),
                        migration.name());
            }
        } finally {
            execute(session, "UPDATE %s.schema_migrations SET holder = null WHERE lane = 'schema' IF holder = ?", self);
        }
    }

    private void record(CqlSession session, Migration migration) {
        ResultSet recorded = execute(
                session,
                "UPDATE %s.schema_migrations SET name = ?, checksum = ?, applied_at = ?"
                        + " WHERE lane = 'schema' AND version = ? IF holder = ?",
                migration.name(),
                migration.checksum(),
                Instant.now(),
                migration.version(),
                self);
        if (!recorded.wasApplied()) {
            throw new MigrationException(
                    "the lease on " + keyspace + " was lost while V" + migration.version() + " ran");
        }
    }

    /** At consistencies of its own: instances that follow different policies for a moment must agree on who has the lease. */
    private ResultSet execute(CqlSession session, String cql, Object... values) {
        return session.execute(SimpleStatement.newInstance(cql.formatted(keyspace), values)
                .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM)
                .setSerialConsistencyLevel(DefaultConsistencyLevel.SERIAL)
                .setTimeout(SCHEMA_CHANGE));
    }

    private static void change(CqlSession session, String cql) {
        ResultSet changed = session.execute(SimpleStatement.newInstance(cql).setTimeout(SCHEMA_CHANGE));
        if (!changed.getExecutionInfo().isSchemaInAgreement()) {
            throw new MigrationException("the nodes do not agree on the schema");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ASK_AGAIN);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new MigrationException("interrupted");
        }
    }
}
