package io.holdfast.benchmarks.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.holdfast.local.Home;
import io.holdfast.local.process.ChildProcess;
import io.holdfast.local.process.Launch;
import io.holdfast.local.server.JavaHome;

/** Starts Cassandra on the data of the run before, does the phases one after the other, each in its own process, and prints what all runs measured. */
@Command(name = "backup-comparison", mixinStandardHelpOptions = true, description = "Backups beside dsbulk and the bare driver")
final class BackupComparison implements Callable<Integer> {
    @Option(names = "--rows", defaultValue = "1000000", description = "of the table; each size has its own (default: ${DEFAULT-VALUE})")
    private long rows;

    @Option(names = "--rows-of-user", defaultValue = "50", description = "rows of a partition (default: ${DEFAULT-VALUE})")
    private long rowsOfUser;

    @Option(names = "--rounds", defaultValue = "3", description = "how often the phases are done in turn (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--phases", split = ",", description = "of ${COMPLETION-CANDIDATES}; none only prints what was measured")
    private List<Phase> phases = List.of();

    @Option(names = "--folder", defaultValue = ".holdfast/bench", description = "keeps data and results (default: ${DEFAULT-VALUE})")
    private Path folder = Path.of(".holdfast/bench");

    @Option(names = "--jvm", split = " ", defaultValue = "-Xmx256m -XX:+UseSerialGC", description = "of our process (default: ${DEFAULT-VALUE})")
    private List<String> jvm = List.of();

    @Option(names = "--node", split = " ", description = "more options of Cassandra's JVM")
    private List<String> nodeJvm = List.of();

    @Option(names = "--dsbulk", split = " ", defaultValue = "--engine.maxConcurrentQueries AUTO", description = "its settings (default: ${DEFAULT-VALUE})")
    private List<String> dsbulk = List.of();

    private final Home home = Home.find();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BackupComparison())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        folder = folder.toAbsolutePath();
        Files.createDirectories(folder);
        if (!phases.isEmpty()) {
            try (BenchNode node = BenchNode.start(home, folder, nodeJvm)) {
                warm(node);
                for (int round = 1; round <= rounds; round++) {
                    for (Phase phase : phases) {
                        node.settle("system");
                        Measurement measured = measure(phase, node);
                        System.out.printf("%s: %,.0f rows/s%n", phase.title(), measured.rate());
                        measured.appendTo(results());
                    }
                }
            }
        }
        System.out.println(ResultTable.of(Measurement.in(results()), rows));
        return 0;
    }

    /** Whoever comes first would else be the one to warm up the node. */
    private void warm(BenchNode node) throws InterruptedException {
        if (!phases.contains(Phase.FILL)) {
            run(Phase.SCAN, ours(Phase.SCAN, node), folder.resolve("logs/warm.log"));
        }
    }

    private Measurement measure(Phase phase, BenchNode node) throws Exception {
        Path log = folder.resolve("logs/%s.log".formatted(phase.word()));
        Files.deleteIfExists(log);
        switch (phase) {
            case SNAPSHOT -> delete(repository());
            case UNLOAD -> delete(files());
            case LOAD -> run(phase, ours(phase, node), log);
            default -> {}
        }
        run(phase, command(phase, node), log);
        switch (phase) {
            case FILL -> {
                Files.deleteIfExists(results());
                node.settle(table().keyspace());
                node.compact(table().keyspace());
            }
            case RESTORE, LOAD, INSERT -> node.settle(table().keyspace());
            default -> {}
        }
        return phase == Phase.UNLOAD || phase == Phase.LOAD
                ? Dsbulk.reported(phase, rows, log)
                : Measurement.told(log);
    }

    private List<String> command(Phase phase, BenchNode node) throws IOException {
        return switch (phase) {
            case UNLOAD -> Dsbulk.in(home, dsbulk).command(phase, node, table(), files(), folder.resolve("logs"));
            case LOAD -> Dsbulk.in(home, dsbulk).command(phase, node, table().copy("loaded"), files(), folder.resolve("logs"));
            default -> ours(phase, node);
        };
    }

    private List<String> ours(Phase phase, BenchNode node) {
        List<String> command = new ArrayList<>();
        command.add(JavaHome.current().java().toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(phase.isOurs() ? jvm : List.of());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add((phase.isOurs() ? OurWork.class : BareDriver.class).getName());
        command.addAll(List.of(BenchNode.HOST, String.valueOf(node.port()), node.datacenter()));
        command.addAll(List.of(
                phase.name(), String.valueOf(rows), String.valueOf(rowsOfUser), repository().toString()));
        return command;
    }

    private void run(Phase phase, List<String> command, Path log) throws InterruptedException {
        int code = ChildProcess.start(new Launch(phase.word(), command, Map.of(), folder, log))
                .await();
        if (code != 0) {
            throw new IllegalStateException("%s ended with %d: see %s".formatted(phase.word(), code, log));
        }
    }

    private OrdersTable table() {
        return OrdersTable.of(rows, rowsOfUser);
    }

    private Path repository() {
        return folder.resolve("repository-" + table().keyspace());
    }

    private Path files() {
        return folder.resolve("dsbulk-" + table().keyspace());
    }

    private Path results() {
        return folder.resolve("results-%s.jsonl".formatted(table().keyspace()));
    }

    private static void delete(Path root) throws IOException {
        if (Files.isDirectory(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
