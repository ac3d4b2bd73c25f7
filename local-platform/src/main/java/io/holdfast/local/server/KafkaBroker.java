package io.holdfast.local.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.holdfast.local.process.Launch;

/**
 * One Kafka broker that is its own controller (KRaft).
 *
 * @param id its node id, from 1
 * @param voters all controllers, {@code 1@127.0.0.1:9093}
 * @param folder its data and its generated configuration
 */
public record KafkaBroker(
        String name, int id, String address, int port, int controllerPort, List<String> voters, Path folder) {
    private static final String CLUSTER_ID = "aG9sZGZhc3QtbG9jYWwtMQ";

    /** What has to run to its end once, before the first start: it formats the data folder. Empty afterwards. */
    public Optional<Launch> preparation(Path library, JavaHome java, Path log) {
        if (Files.exists(folder.resolve("data/meta.properties"))) {
            return Optional.empty();
        }
        return Optional.of(run(
                library,
                java,
                List.of(),
                log,
                "kafka.tools.StorageTool",
                "format",
                "-t",
                CLUSTER_ID,
                "-c",
                properties()));
    }

    /** Writes the broker's configuration and says how to start it. */
    public Launch launch(Path library, JavaHome java, List<String> jvmOptions, Path log) {
        return run(library, java, jvmOptions, log, "kafka.Kafka", properties());
    }

    private Launch run(Path library, JavaHome java, List<String> jvmOptions, Path log, String... program) {
        writeConfiguration();
        List<String> command = new java.util.ArrayList<>();
        command.add(java.java().toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Xss512k"));
        command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED"));
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-Dlog4j2.configurationFile="
                        + folder.resolve("log4j2.properties").toUri(),
                "-Djava.awt.headless=true",
                "-cp",
                ServerLibrary.classPath(library)));
        command.addAll(List.of(program));
        return new Launch(name, command, Map.of(), folder, log);
    }

    private String properties() {
        return folder.resolve("server.properties").toString();
    }

    private void writeConfiguration() {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("server.properties"), serverProperties());
            Files.writeString(folder.resolve("log4j2.properties"), LOG4J);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String serverProperties() {
        int copies = voters.size() >= 3 ? 3 : 1;
        return """
                process.roles=broker,controller
                node.id=%1$d
                controller.quorum.voters=%2$s
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://%3$s:%4$d,CONTROLLER://%3$s:%5$d
                advertised.listeners=PLAINTEXT://%3$s:%4$d
                log.dirs=%6$s/data
                num.partitions=3
                default.replication.factor=%7$d
                min.insync.replicas=%8$d
                offsets.topic.replication.factor=%7$d
                offsets.topic.num.partitions=8
                transaction.state.log.replication.factor=%7$d
                transaction.state.log.min.isr=%8$d
                transaction.state.log.num.partitions=8
                share.coordinator.state.topic.replication.factor=%7$d
                share.coordinator.state.topic.min.isr=%8$d
                group.initial.rebalance.delay.ms=0
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=500
                controller.quorum.election.timeout.ms=500
                controller.quorum.fetch.timeout.ms=1000
                log.cleaner.dedupe.buffer.size=8388608
                """.formatted(
                id, String.join(",", voters), address, port, controllerPort, folder, copies, copies == 3 ? 2 : 1);
    }

    // A controller that starts registers itself with itself, often before it has taken the lead, is refused, and tries
    // again; the refusal stands in the log of QuorumController, too. Nothing of that is an error.
    private static final String LOG4J = """
            appender.out.type = Console
            appender.out.name = out
            appender.out.layout.type = PatternLayout
            appender.out.layout.pattern = %d{yyyy-MM-dd'T'HH:mm:ss.SSSX}{UTC} %-5level [%thread] %c{1} - %msg%n
            rootLogger.level = INFO
            rootLogger.appenderRef.out.ref = out
            logger.config.name = org.apache.kafka.common.config.AbstractConfig
            logger.config.level = WARN
            logger.serverconfig.name = kafka.server.KafkaConfig
            logger.serverconfig.level = WARN
            logger.controllerapis.name = kafka.server.ControllerApis
            logger.controllerapis.level = INFO
            logger.controllerapis.filter.registration.type = RegexFilter
            logger.controllerapis.filter.registration.regex = .*apiKey=CONTROLLER_REGISTRATION,.*
            logger.controllerapis.filter.registration.onMatch = DENY
            logger.controllerapis.filter.registration.onMismatch = NEUTRAL
            """;
}
