package io.holdfast.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import com.datastax.oss.driver.api.core.CqlSession;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cassandra.autoconfigure.CassandraAutoConfiguration;
import org.springframework.boot.data.cassandra.autoconfigure.DataCassandraAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.holdfast.failover.trace.TraceAutoConfiguration;
import io.holdfast.local.fixture.CassandraServer;
import io.holdfast.local.fixture.LocalServers;
import io.holdfast.storage.session.BackgroundSession;
import io.holdfast.storage.session.NotConnectedException;
import io.holdfast.storage.session.Statements;

@Tag("long")
class StatementSpansIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CassandraServer cassandra = LocalServers.shared().cassandra();
    private final List<Observation.Context> seen = new CopyOnWriteArrayList<>();

    @Test
    void aStatementIsSeenWithItsTextAndWithoutItsValues() {
        service(cassandra.address()).run(context -> {
            CqlSession session = context.getBean(CqlSession.class);
            await().atMost(PATIENCE).until(context.getBean(BackgroundSession.class)::isConnected);

            session.execute(context.getBean(Statements.class)
                    .of("INSERT INTO note (id, text, author) VALUES (?, ?, ?)")
                    .bind(UUID.randomUUID(), "a secret", "anna"));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(tags())
                            .contains("db.statement=INSERT INTO note (id, text, author) VALUES (?, ?, ?)")
                            .noneMatch(tag -> tag.contains("a secret") || tag.contains("anna")));
        });
    }

    @Test
    void withoutAnAddressForTracesNothingIsWrapped() {
        service(cassandra.address())
                .withPropertyValues(TraceAutoConfiguration.URL + "=false")
                .run(context -> assertThat(context.getBean(CqlSession.class)).isInstanceOf(BackgroundSession.class));
    }

    @Test
    void aStatementFailsAtOnceWhileCassandraIsAwayAsItDoesWithoutTraces() {
        service(InetSocketAddress.createUnresolved("127.0.0.1", 1)).run(context -> {
            CqlSession session = context.getBean(CqlSession.class);

            assertThatThrownBy(() -> session.execute("SELECT 1")).isInstanceOf(NotConnectedException.class);
        });
    }

    private List<String> tags() {
        return seen.stream()
                .flatMap(context -> context.getAllKeyValues().stream())
                .map((KeyValue tag) -> tag.getKey() + "=" + tag.getValue())
                .toList();
    }

    private ApplicationContextRunner service(InetSocketAddress address) {
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new Seen());
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        StorageAutoConfiguration.class,
                        StatementSpansAutoConfiguration.class,
                        CassandraAutoConfiguration.class,
                        DataCassandraAutoConfiguration.class))
                .withBean(ObservationRegistry.class, () -> observations)
                .withPropertyValues(
                        TraceAutoConfiguration.URL + "=http://127.0.0.1:1/",
                        "spring.cassandra.contact-points=" + address.getHostString() + ":" + address.getPort(),
                        "spring.cassandra.local-datacenter=" + cassandra.datacenter(),
                        "holdfast.storage.keyspace=storage_spans",
                        "holdfast.storage.connect-again-after=200ms");
    }

    private final class Seen implements ObservationHandler<Observation.Context> {

        @Override
        public void onStop(Observation.Context context) {
            seen.add(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }
}
