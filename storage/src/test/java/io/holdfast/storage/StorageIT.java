package io.holdfast.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cassandra.autoconfigure.CassandraAutoConfiguration;
import org.springframework.boot.data.cassandra.autoconfigure.DataCassandraAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.data.cassandra.core.CassandraTemplate;

import io.holdfast.local.fixture.CassandraServer;
import io.holdfast.local.fixture.LocalServers;
import io.holdfast.storage.migration.Migrations;
import io.holdfast.storage.session.BackgroundSession;
import io.holdfast.storage.session.NotConnectedException;
import io.holdfast.storage.session.RefreshingSessions;
import io.holdfast.storage.session.Statements;

class StorageIT {

    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private final CassandraServer cassandra = LocalServers.shared().cassandra();

    @Test
    void makesTheKeyspaceAndItsTablesAndServesTemplateAndStatements() {
        service("storage_fresh").run(context -> {
            connected(context);

            Row keyspace = row(
                    context, "SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = 'storage_fresh'");
            assertThat(keyspace.getMap("replication", String.class, String.class))
                    .containsEntry("class", "org.apache.cassandra.locator.NetworkTopologyStrategy")
                    .containsEntry(cassandra.datacenter(), "1");
            UUID id = UUID.randomUUID();
            CqlSession session = context.getBean(CqlSession.class);
            session.execute(context.getBean(Statements.class)
                    .of("INSERT INTO note (id, text, author) VALUES (?, ?, ?)")
                    .bind(id, "kept", "anna"));
            assertThat(context.getBean(CassandraTemplate.class)
                            .getCqlOperations()
                            .queryForList("SELECT id, text, author FROM note"))
                    .containsExactly(Map.of("id", id, "text", "kept", "author", "anna"));
        });
    }

    @Test
    void aSecondStartAppliesNothingAgain() {
        service("storage_again").run(StorageIT::connected);
        service("storage_again").run(context -> {
            connected(context);

            assertThat(row(context, "SELECT count(*) AS n FROM schema_migrations")
                            .getLong("n"))
                    .isEqualTo(2);
        });
    }

    @Test
    @Tag("long")
    void eightInstancesStartingTogetherMakeOneSchema() throws Exception {
        List<Resource> files = List.of(
                new ClassPathResource("cassandra/V2__add_author.cql"),
                new ClassPathResource("cassandra/V1__create_notes.cql"));
        try (ExecutorService instances = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Long> start = () -> {
                try (CqlSession session = bareSession()) {
                    new Migrations("storage_together", 1, files).apply(session, List.of(cassandra.datacenter()));
                    return session.execute("SELECT count(*) FROM author").one().getLong(0);
                }
            };
            List<Future<Long>> starts = IntStream.range(0, 8)
                    .mapToObj(instance -> instances.submit(start))
                    .toList();

            for (Future<Long> instance : starts) {
                assertThat(instance.get()).isZero();
            }
        }
    }

    @Test
    void anAppliedMigrationThatChangedIsRefused() {
        try (CqlSession session = bareSession()) {
            Resource first = new ClassPathResource("cassandra/V1__create_notes.cql");
            new Migrations("storage_changed", 1, List.of(first)).apply(session, List.of(cassandra.datacenter()));
            session.execute("UPDATE schema_migrations SET checksum = 'other' WHERE lane = 'schema' AND version = 1");

            assertThatThrownBy(() -> new Migrations("storage_changed", 1, List.of(first))
                            .apply(session, List.of(cassandra.datacenter())))
                    .hasMessageContaining("V1 of storage_changed was applied with other statements");
        }
    }

    @Test
    void startsWithCassandraDownAndWorksWhenItIsBack() {
        cassandra.kill();
        try {
            service("storage_late").run(context -> {
                assertThat(context).hasNotFailed();
                CqlSession session = context.getBean(CqlSession.class);
                assertThatThrownBy(() -> session.execute("SELECT * FROM note"))
                        .isInstanceOf(NotConnectedException.class);

                cassandra.start();

                connected(context);
                assertThat(session.execute("SELECT * FROM note").all()).isEmpty();
            });
        } finally {
            cassandra.start();
        }
    }

    @Test
    void survivesCassandraBeingKilledAndStartedAgain() {
        service("storage_killed").run(context -> {
            connected(context);
            CqlSession session = context.getBean(CqlSession.class);
            Statements statements = context.getBean(Statements.class);
            String insert = "INSERT INTO author (name) VALUES (?)";
            session.execute(statements.of(insert).bind("before"));

            cassandra.kill();
            assertThatThrownBy(() -> session.execute(statements.of(insert).bind("meanwhile")))
                    .isNotNull();
            assertThat(session.refreshSchemaAsync())
                    .failsWithin(RECOVERY)
                    .withThrowableThat()
                    .withMessageContaining("Control channel not available");
            cassandra.start();

            await().atMost(RECOVERY).ignoreExceptions().untilAsserted(() -> {
                session.execute(statements.of(insert).bind("after"));
                assertThat(session.execute(SimpleStatement.newInstance("SELECT name FROM author"))
                                .map(row -> row.getString("name"))
                                .all())
                        .contains("after");
            });
            assertThat(session.executeAsync("CREATE TABLE later (id int PRIMARY KEY)"))
                    .as("a change of the schema, after a refresh failed")
                    .succeedsWithin(RECOVERY);
            await().atMost(RECOVERY)
                    .ignoreExceptions()
                    .until(() -> session.refreshSchemaAsync()
                            .toCompletableFuture()
                            .get(5, TimeUnit.SECONDS)
                            .getKeyspace("storage_killed")
                            .flatMap(keyspace -> keyspace.getTable("later"))
                            .isPresent());
        });
    }

    private ApplicationContextRunner service(String keyspace) {
        InetSocketAddress address = cassandra.address();
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        StorageAutoConfiguration.class,
                        CassandraAutoConfiguration.class,
                        DataCassandraAutoConfiguration.class))
                .withPropertyValues(
                        "spring.cassandra.contact-points=" + address.getHostString() + ":" + address.getPort(),
                        "spring.cassandra.local-datacenter=" + cassandra.datacenter(),
                        "holdfast.storage.keyspace=" + keyspace,
                        "holdfast.storage.connect-again-after=200ms");
    }

    private CqlSession bareSession() {
        return RefreshingSessions.builder()
                .addContactPoint(cassandra.address())
                .withLocalDatacenter(cassandra.datacenter())
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(10))
                        .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(50))
                        .build())
                .build();
    }

    private static void connected(AssertableApplicationContext context) {
        BackgroundSession session = context.getBean(BackgroundSession.class);
        await().atMost(RECOVERY).until(session::isConnected);
    }

    private static Row row(AssertableApplicationContext context, String cql) {
        return Objects.requireNonNull(
                context.getBean(CqlSession.class).execute(cql).one());
    }
}
