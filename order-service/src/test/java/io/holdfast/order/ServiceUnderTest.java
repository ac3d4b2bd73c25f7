package io.holdfast.order;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.holdfast.doors.testing.TestTokens;
import io.holdfast.local.fixture.CassandraServer;
import io.holdfast.local.fixture.KafkaServer;
import io.holdfast.local.fixture.LocalServers;

/** What the service under test meets: real Cassandra, credit over real HTTP, and tokens of this run. One for all tests of the JVM. */
public final class ServiceUnderTest {

    public static final TestTokens TOKENS = new TestTokens();
    public static final CreditServer CREDITS = new CreditServer();

    /** Of one attempt at a dependency; there are two. */
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    private ServiceUnderTest() {}

    public static CassandraServer cassandra() {
        return LocalServers.shared().cassandra();
    }

    public static KafkaServer kafka() {
        return LocalServers.shared().kafka();
    }

    /** Returns when a call succeeds: Cassandra is connected, and no guard is open from an earlier test. */
    public static void awaitAnswer(Runnable call) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(call::run);
    }

    static String[] properties() {
        InetSocketAddress address = LocalServers.shared().both().cassandra().address();
        List<String> properties = new ArrayList<>(TOKENS.properties("order-service"));
        properties.add("holdfast.state-dir=" + stateFolder());
        properties.add("spring.cloud.discovery.client.simple.instances.user-service[0].uri=" + CREDITS.address());
        properties.add("spring.cassandra.contact-points=" + address.getHostString() + ":" + address.getPort());
        properties.add("spring.cassandra.local-datacenter=" + cassandra().datacenter());
        properties.add("spring.kafka.bootstrap-servers=" + kafka().bootstrapServers());
        // A machine under load is no outage: only what fails for long opens a breaker here.
        for (String dependency : List.of("user-service", "cassandra")) {
            String policy = "failover.dependencies." + dependency;
            properties.add(policy + ".timeout=" + TIMEOUT.toMillis() + "ms");
            properties.add(policy + ".circuit-breaker.slow-call=" + TIMEOUT.toMillis() + "ms");
            properties.add(policy + ".circuit-breaker.window=100");
            properties.add(policy + ".circuit-breaker.minimum-calls=100");
            properties.add(policy + ".circuit-breaker.open-for=1s");
        }
        return properties.toArray(String[]::new);
    }

    private static String stateFolder() {
        try {
            return Files.createTempDirectory("order-service").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
