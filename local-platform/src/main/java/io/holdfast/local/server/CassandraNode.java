package io.holdfast.local.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.holdfast.local.process.Launch;
import io.holdfast.local.process.Tools;

/**
 * One Cassandra node.
 *
 * @param address it listens on for clients and for other nodes
 * @param seeds addresses with storage ports, {@code 127.0.0.1:7000}; all nodes of a small cluster are seeds
 * @param folder its data, its generated configuration and its temporary files
 * @param disposable for data nobody misses: nothing is forced to the disk, no snapshot is kept of a dropped table
 */
public record CassandraNode(
        String name,
        String datacenter,
        String address,
        int cqlPort,
        int storagePort,
        int jmxPort,
        List<String> seeds,
        Path folder,
        boolean disposable) {
    /** The first data centre, and the only one where there is one. */
    public static final String DATACENTER = datacenter(1);

    /** Its idle workers look for work every ten microseconds, which costs a small machine more than the work; decision 0106. */
    private static final long TIMERS_LATE_BY = 250_000;

    private static final List<String> EXPORTS = List.of(
            "java.base/jdk.internal.misc",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.server");
    private static final List<String> OPENS =
            List.of("java.base/jdk.internal.ref", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.lang");

    /** The name of the data centre with this number, counted from 1. */
    public static String datacenter(int number) {
        return "dc" + number;
    }

    /** Writes the node's configuration and says how to start it. */
    public Launch launch(Path library, JavaHome java, List<String> jvmOptions, Path log) {
        writeConfiguration();
        List<String> command = new ArrayList<>(Tools.timersLateBy(TIMERS_LATE_BY));
        command.addAll(Tools.withoutMemoryLock());
        command.add(java.java().toString());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx512m",
                "-Xss512k",
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(jvmOptions);
        EXPORTS.forEach(module -> command.addAll(List.of("--add-exports", module + "=ALL-UNNAMED")));
        OPENS.forEach(module -> command.addAll(List.of("--add-opens", module + "=ALL-UNNAMED")));
        command.addAll(List.of(
                "-Dcassandra.config=" + folder.resolve("cassandra.yaml").toUri(),
                "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                "-Dcassandra-rackdc.properties="
                        + folder.resolve("rackdc.properties").toUri(),
                "-Dcassandra.storagedir=" + folder,
                "-Dcassandra.logdir=" + folder,
                "-Dcassandra-foreground=yes",
                "-Dcassandra.jmx.local.port=" + jmxPort,
                "-Dcassandra.superuser_setup_delay_ms=0",
                "-Dcassandra.skip_sync=" + disposable,
                "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                "-Djdk.attach.allowAttachSelf=true",
                "-Dio.netty.tryReflectionSetAccessible=true",
                "-Dchronicle.analytics.disable=true"));
        if (seeds.size() == 1) {
            command.add("-Dcassandra.skip_wait_for_gossip_to_settle=0");
        }
        command.addAll(
                List.of("-cp", ServerLibrary.classPath(library), "org.apache.cassandra.service.CassandraDaemon"));
        return new Launch(name, command, Map.of(), folder, log);
    }

    private void writeConfiguration() {
        try {
            Files.createDirectories(folder.resolve("tmp"));
            Files.writeString(folder.resolve("cassandra.yaml"), yaml());
            Files.writeString(folder.resolve("logback.xml"), LOGBACK);
            Files.writeString(folder.resolve("rackdc.properties"), "dc=" + datacenter + "\nrack=rack1\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String yaml() {
        return """
                cluster_name: holdfast
                partitioner: org.apache.cassandra.dht.Murmur3Partitioner
                endpoint_snitch: GossipingPropertyFileSnitch
                num_tokens: 16
                auto_bootstrap: false
                listen_address: %1$s
                storage_port: %3$d
                rpc_address: %1$s
                native_transport_port: %2$d
                seed_provider:
                  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
                    parameters:
                      - seeds: "%4$s"
                data_file_directories: ["%5$s/data"]
                commitlog_directory: "%5$s/commitlog"
                hints_directory: "%5$s/hints"
                saved_caches_directory: "%5$s/saved_caches"
                cdc_raw_directory: "%5$s/cdc_raw"
                commitlog_sync: batch
                commitlog_segment_size: 16MiB
                commitlog_total_space: 256MiB
                memtable_heap_space: 96MiB
                memtable_offheap_space: 64MiB
                key_cache_size: 16MiB
                file_cache_size: 64MiB
                auto_snapshot: %6$b
                """.formatted(address, cqlPort, storagePort, String.join(",", seeds), folder, !disposable);
    }

    private static final String LOGBACK = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d{yyyy-MM-dd'T'HH:mm:ss.SSSX,UTC} %-5level [%thread] %logger{24} - %msg%n</pattern></encoder>
              </appender>
              <!-- Advice for machines that do nothing else. -->
              <logger name="org.apache.cassandra.service.StartupChecks" level="ERROR"/>
              <logger name="org.apache.cassandra.utils.NativeLibrary" level="ERROR"/>
              <logger name="org.apache.cassandra.utils.FBUtilities" level="ERROR"/>
              <root level="INFO"><appender-ref ref="out"/></root>
            </configuration>
            """;
}
