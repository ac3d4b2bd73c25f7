package io.holdfast.local.command;

import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.holdfast.local.DataShape;
import io.holdfast.local.HelpOption;
import io.holdfast.local.Home;
import io.holdfast.local.secret.Secrets;
import io.holdfast.local.topology.Folders;
import io.holdfast.local.topology.PlatformOptions;

/** Starts the platform and stays in the foreground until Ctrl-C or {@code holdfast down}. */
@Command(name = "up", description = "Starts everything; Ctrl-C or 'holdfast down' stops it.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    final HelpOption help = new HelpOption();

    @Option(
            names = "--cassandra-nodes",
            paramLabel = "N",
            description = "In each data centre: 1, or from 3 for a cluster with three copies.")
    @Nullable
    Integer cassandraNodes;

    @Option(
            names = "--datacenters",
            paramLabel = "N",
            description = "Data centres of Cassandra, dc1 and so on, each with copies of everything.")
    @Nullable
    Integer datacenters;

    @Option(names = "--kafka-brokers", paramLabel = "N", description = "1, or from 3 for a cluster with three copies.")
    @Nullable
    Integer kafkaBrokers;

    @Option(names = "--instances", paramLabel = "SERVICE=N", description = "How many of a service run. Repeatable.")
    Map<String, Integer> instances = Map.of();

    @Option(names = "--offset", paramLabel = "PORTS", description = "Added to every port; default ${DEFAULT-VALUE}.")
    int offset = 0;

    @Option(
            names = "--traces",
            paramLabel = "URL",
            description =
                    "Where traces go, such as http://127.0.0.1:9411/api/v2/spans of a Zipkin; nowhere without it.")
    @Nullable
    URI traces;

    @Override
    public Integer call() {
        Folders folders = Folders.of(Home.find());
        PlatformOptions options = new PlatformOptions(
                cassandraNodes == null ? DataShape.cassandraNodes(folders).orElse(1) : cassandraNodes,
                datacenters == null ? DataShape.datacenters(folders).orElse(1) : datacenters,
                kafkaBrokers == null ? DataShape.kafkaBrokers(folders).orElse(1) : kafkaBrokers,
                instances,
                offset,
                traces);
        Terminal terminal = Terminal.system();
        StartProgress progress = new StartProgress(terminal, InstantSource.system());
        try (ForegroundLauncher launcher = ForegroundLauncher.open(folders, options)) {
            if (launcher.start(progress)) {
                Welcome.lines(launcher.platform(), progress.elapsed()).forEach(terminal::line);
                Secrets.noteRecoveryKeyShown(folders.secrets());
            }
            launcher.awaitEnd();
        }
        return 0;
    }
}
