package io.holdfast.storage.policy;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ExecutionInfo;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.journal.JournalAutoConfiguration;
import io.holdfast.local.fixture.CassandraServer;
import io.holdfast.local.fixture.LocalServers;
import io.holdfast.storage.session.BackgroundSession;
import io.holdfast.storage.session.Statements;

/** A service that is at home in dc1 and keeps a copy of everything in dc2, with its policy in a test's hand. */
final class DatacentersUnderTest implements AutoCloseable {

    static final String READ = "SELECT text FROM note WHERE id = ?";
    static final String WRITE = "INSERT INTO note (id, text) VALUES (?, ?)";

    private static final Duration RECOVERY = Duration.ofSeconds(60);

    final CassandraServer home = LocalServers.shared().datacenters().get(0);
    final CassandraServer away = LocalServers.shared().datacenters().get(1);
    final UUID id = UUID.randomUUID();
    private final ConfigurableApplicationContext service;

    @EnableAutoConfiguration(exclude = JournalAutoConfiguration.class)
    static class Service {}

    DatacentersUnderTest() {
        service = new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "spring.main.banner-mode", "off",
                        "spring.cloud.config.enabled", "false",
                        "eureka.client.enabled", "false",
                        "spring.cloud.bus.enabled", "false",
                        "spring.application.name", "datacenters",
                        "spring.cassandra.contact-points", address(home) + "," + address(away),
                        "spring.cassandra.local-datacenter", home.datacenter(),
                        "holdfast.storage.keyspace", "storage_datacenters",
                        "holdfast.storage.other-datacenters", away.datacenter()))
                .run();
        await().atMost(RECOVERY).until(bean(BackgroundSession.class)::isConnected);
        awaitBothUp();
        follow("consistency: all");
        session().execute(write("kept").setTimeout(Duration.ofSeconds(10)));
    }

    <T> T bean(Class<T> type) {
        return service.getBean(type);
    }

    CqlSession session() {
        return bean(BackgroundSession.class);
    }

    /** Puts a policy in force, as a saved file does. */
    void follow(String settings) {
        bean(PolicyGuards.class).follow(Policies.cassandra(settings));
    }

    BoundStatement read() {
        return prepared(READ).bind(id).setIdempotent(true);
    }

    BoundStatement write(String text) {
        return prepared(WRITE).bind(id, text).setIdempotent(true);
    }

    private PreparedStatement prepared(String cql) {
        return bean(Statements.class).of(cql);
    }

    /** The data centre whose node answered. */
    static @Nullable String datacenter(ResultSet answer) {
        return datacenter(answer.getExecutionInfo());
    }

    static @Nullable String datacenter(ExecutionInfo info) {
        Node coordinator = info.getCoordinator();
        return coordinator == null ? null : coordinator.getDatacenter();
    }

    /** Both nodes answer, and each of them counts on the other. */
    void awaitBothUp() {
        home.start();
        away.start();
        await().atMost(RECOVERY)
                .ignoreExceptions()
                .until(() -> session().getMetadata().getNodes().values().stream()
                        .filter(node -> node.getState() == NodeState.UP && node.getOpenConnections() > 0)
                        .map(Node::getDatacenter)
                        .collect(Collectors.toSet())
                        .containsAll(Stream.of(home, away)
                                .map(CassandraServer::datacenter)
                                .toList()));
    }

    private static String address(CassandraServer node) {
        return node.address().getHostString() + ":" + node.address().getPort();
    }

    @Override
    public void close() {
        service.close();
    }
}
