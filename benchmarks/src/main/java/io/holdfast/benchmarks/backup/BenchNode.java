package io.holdfast.benchmarks.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

import io.holdfast.local.Home;
import io.holdfast.local.process.ChildProcess;
import io.holdfast.local.process.LogFile;
import io.holdfast.local.server.CassandraNode;
import io.holdfast.local.server.JavaHome;
import io.holdfast.local.server.Ports;

/**
 * One Cassandra node, started as for the integration tests but for three things: its data stay where they are, its JVM is that of a
 * server (the platform's is one that starts fast), and its commit log is forced to the disk from time to time, as Cassandra does by
 * itself, instead of before each answer.
 */
final class BenchNode implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    private static final List<String> LIKE_A_SERVER = List.of(
            "-XX:TieredStopAtLevel=4",
            "-Xmx1g",
            "-Dcassandra.config.allow_system_properties=true",
            "-Dcassandra.settings.commitlog_sync=periodic",
            "-Dcassandra.settings.commitlog_sync_period=10s",
            "-Dcassandra.settings.memtable_heap_space=256MiB",
            "-Dcassandra.settings.memtable_offheap_space=256MiB");
    private static final Duration START_BOUND = Duration.ofMinutes(2);
    private static final Duration STOP_BOUND = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final CassandraNode node;
    private final ChildProcess process;

    private BenchNode(CassandraNode node, ChildProcess process) {
        this.node = node;
        this.process = process;
    }

    /** Starts it on the data that are in this folder. */
    static BenchNode start(Home home, Path folder) throws InterruptedException {
        List<Integer> ports = Ports.free(3);
        CassandraNode node = new CassandraNode(
                "cassandra",
                CassandraNode.DATACENTER,
                HOST,
                ports.get(0),
                ports.get(1),
                ports.get(2),
                List.of(HOST + ":" + ports.get(1)),
                folder.resolve("cassandra"),
                true);
        Path log = folder.resolve("logs/cassandra.log");
        ChildProcess process = ChildProcess.start(
                node.launch(home.libraryOf("cassandra"), JavaHome.forCassandra(), LIKE_A_SERVER, log));
        BenchNode started = new BenchNode(node, process);
        long giveUp = System.nanoTime() + START_BOUND.toNanos();
        while (!Ports.accepts(HOST, node.cqlPort())) {
            if (!process.isAlive() || System.nanoTime() > giveUp) {
                started.close();
                throw new IllegalStateException("Cassandra did not start: " + LogFile.lastLines(log, 10));
            }
            Thread.sleep(PAUSE);
        }
        return started;
    }

    int port() {
        return node.cqlPort();
    }

    String datacenter() {
        return node.datacenter();
    }

    /** Writes to the disk what is in memory, and waits until nothing is left to compact: each measurement begins the same way. */
    void settle(String keyspace) throws Exception {
        try (JMXConnector connector = connect()) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            server.invoke(
                    new ObjectName("org.apache.cassandra.db:type=StorageService"),
                    "forceKeyspaceFlush",
                    new Object[] {keyspace, new String[0]},
                    new String[] {String.class.getName(), String[].class.getName()});
            ObjectName compactions = new ObjectName("org.apache.cassandra.metrics:type=Compaction,name=PendingTasks");
            while (((Number) server.getAttribute(compactions, "Value")).intValue() > 0) {
                Thread.sleep(PAUSE);
            }
        }
    }

    /** Makes one SSTable of all there is of a keyspace. */
    void compact(String keyspace) throws Exception {
        try (JMXConnector connector = connect()) {
            connector
                    .getMBeanServerConnection()
                    .invoke(
                            new ObjectName("org.apache.cassandra.db:type=StorageService"),
                            "forceKeyspaceCompaction",
                            new Object[] {false, keyspace, new String[0]},
                            new String[] {boolean.class.getName(), String.class.getName(), String[].class.getName()});
        }
    }

    @SuppressWarnings("BanJNDI") // The address is that of the node started above.
    private JMXConnector connect() throws IOException {
        return JMXConnectorFactory.connect(
                new JMXServiceURL("service:jmx:rmi:///jndi/rmi://%s:%d/jmxrmi".formatted(HOST, node.jmxPort())));
    }

    @Override
    public void close() {
        process.stop(STOP_BOUND);
    }
}
