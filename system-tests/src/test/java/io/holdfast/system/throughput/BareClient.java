package io.holdfast.system.throughput;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLongArray;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import io.holdfast.system.ProcessPlatform;

/**
 * What an order costs without services: one conditional batch in the user's partition, one record that all replicas acknowledge, two inserts.
 * Nothing is validated, nobody is authenticated, nothing is retried.
 */
final class BareClient implements ClosedLoop.Placing, AutoCloseable {

    private static final String TOPIC = "bare-orders";
    private static final String BODY = "x".repeat(500);

    private final CqlSession session;
    private final KafkaProducer<String, byte[]> kafka;
    private final PreparedStatement reserve;
    private final PreparedStatement byId;
    private final PreparedStatement byUser;
    private final UUID[] users;
    private final AtomicLongArray versions;

    /** On the servers of a platform. */
    static BareClient beside(ProcessPlatform platform, CqlSession session) throws IOException {
        return new BareClient(session, kafka(platform));
    }

    private static String kafka(ProcessPlatform platform) throws IOException {
        try (var lines = Files.lines(platform.platform().state().resolve("data/kafka-1/server.properties"))) {
            return lines.filter(line -> line.startsWith("advertised.listeners="))
                    .map(line -> line.replaceFirst(".*?://([^,]+).*", "$1"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private BareClient(CqlSession session, String kafkaServers) {
        this.session = session;
        session.execute(
                "CREATE KEYSPACE IF NOT EXISTS bare WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 1}");
        session.execute(
                "CREATE TABLE IF NOT EXISTS bare.credits (user_id uuid, order_id uuid, available decimal static,"
                        + " version bigint static, state text, amount decimal, PRIMARY KEY (user_id, order_id))");
        session.execute("CREATE TABLE IF NOT EXISTS bare.orders (id uuid PRIMARY KEY, user_id uuid, body text)");
        session.execute("CREATE TABLE IF NOT EXISTS bare.orders_by_user (user_id uuid, placed_at timestamp, id uuid,"
                + " body text, PRIMARY KEY (user_id, placed_at, id))");
        reserve = session.prepare("""
                BEGIN UNLOGGED BATCH
                  UPDATE bare.credits SET available = ?, version = ? WHERE user_id = ? IF version = ?;
                  INSERT INTO bare.credits (user_id, order_id, state, amount) VALUES (?, ?, 'RESERVED', ?) IF NOT EXISTS;
                APPLY BATCH""");
        byId = session.prepare("INSERT INTO bare.orders (id, user_id, body) VALUES (?, ?, ?)");
        byUser = session.prepare("INSERT INTO bare.orders_by_user (user_id, placed_at, id, body) VALUES (?, ?, ?, ?)");
        kafka = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafkaServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new StringSerializer(),
                new ByteArraySerializer());
        users = new UUID[ClosedLoop.CLIENTS];
        versions = new AtomicLongArray(ClosedLoop.CLIENTS);
        for (int client = 0; client < ClosedLoop.CLIENTS; client++) {
            users[client] = UUID.randomUUID();
            session.execute(
                    "UPDATE bare.credits SET available = ?, version = 1 WHERE user_id = ?",
                    BigDecimal.valueOf(1_000_000),
                    users[client]);
            versions.set(client, 1);
        }
    }

    /** An order of this client's user; each client places one at a time. */
    @Override
    public void place(int client, long number) throws ExecutionException, InterruptedException {
        UUID user = users[client];
        UUID id = UUID.randomUUID();
        long version = versions.get(client);
        boolean reserved = session.execute(reserve.bind(
                        BigDecimal.valueOf(1_000_000 - version), version + 1, user, version, user, id, BigDecimal.ONE))
                .wasApplied();
        if (!reserved) {
            throw new IllegalStateException("not reserved");
        }
        versions.set(client, version + 1);
        kafka.send(new ProducerRecord<>(TOPIC, user.toString(), BODY.getBytes(StandardCharsets.UTF_8)))
                .get();
        var first = session.executeAsync(byId.bind(id, user, BODY));
        session.execute(byUser.bind(user, Instant.now(), id, BODY));
        first.toCompletableFuture().get();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
