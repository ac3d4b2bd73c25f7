package io.holdfast.containers;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.testcontainers.cassandra.CassandraContainer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

import io.holdfast.local.fixture.CassandraServer;
import io.holdfast.local.fixture.KafkaServer;
import io.holdfast.local.fixture.ServersBackend;
import io.holdfast.local.server.Ports;

/**
 * Containers by Testcontainers, on fixed free ports, so that a container that is started again is found where it was. The
 * images are the official ones, or what HOLDFAST_CASSANDRA_IMAGE and HOLDFAST_KAFKA_IMAGE name.
 */
public final class ContainerServers implements ServersBackend {
    private static final int CQL = 9042;
    private static final int BROKER = 9092;
    private static final DockerImageName CASSANDRA = DockerImageName.parse("cassandra");
    private static final DockerImageName KAFKA = DockerImageName.parse("apache/kafka");

    private final List<GenericContainer<?>> containers = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
        return "containers";
    }

    @Override
    public CassandraServer startCassandra() {
        int port = Ports.free(1).getFirst();
        CassandraContainer cassandra = new CassandraContainer(image("HOLDFAST_CASSANDRA_IMAGE", CASSANDRA, "5.0"))
                .withEnv(Map.of(
                        "CASSANDRA_DC",
                        "dc1",
                        "CASSANDRA_ENDPOINT_SNITCH",
                        "GossipingPropertyFileSnitch",
                        "MAX_HEAP_SIZE",
                        "400M",
                        "HEAP_NEWSIZE",
                        "100M",
                        // As the platform runs it: an acknowledged write is in the log on the disk.
                        "JVM_EXTRA_OPTS",
                        "-Dcassandra.config.allow_system_properties=true -Dcassandra.settings.commitlog_sync=batch"
                                + " -Dcassandra.settings.commitlog_sync_period=0ms"
                                + " -Dcassandra.skip_wait_for_gossip_to_settle=0"))
                .waitingFor(Wait.forListeningPort());
        cassandra.setPortBindings(List.of(port + ":" + CQL));
        started(cassandra);
        InetSocketAddress address = new InetSocketAddress(cassandra.getHost(), port);
        return new CassandraServer(address, "dc1", new ContainerControl(cassandra, Protocol.CQL, address));
    }

    @Override
    public KafkaServer startKafka() {
        int port = Ports.free(1).getFirst();
        KafkaContainer kafka =
                new KafkaContainer(image("HOLDFAST_KAFKA_IMAGE", KAFKA, "4.3.1")).waitingFor(Wait.forListeningPort());
        kafka.setPortBindings(List.of(port + ":" + BROKER));
        started(kafka);
        return new KafkaServer(
                kafka.getHost() + ":" + port,
                new ContainerControl(kafka, Protocol.KAFKA, new InetSocketAddress(kafka.getHost(), port)));
    }

    @Override
    public void end() {
        containers.forEach(GenericContainer::stop);
    }

    private void started(GenericContainer<?> container) {
        containers.add(container);
        container.start();
    }

    private static DockerImageName image(String variable, DockerImageName official, String version) {
        String named = System.getenv(variable);
        return named == null || named.isBlank()
                ? official.withTag(version)
                : DockerImageName.parse(named).asCompatibleSubstituteFor(official);
    }
}
