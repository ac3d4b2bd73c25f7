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

/** Starts Cassandra, does the phases one after the other, each in its own process, and prints what all runs since the table was filled measured. */
@Command(
        name = "backup-comparison",
        mixinStandardHelpOptions = true,
        description = "Backups beside dsbulk and the bare driver")
final class BackupComparison implements Callable<Integer> {
    @Option(names = "--rows", defaultValue = "1000000", description = "of the table (default: ${DEFAULT-VALUE})")
    private long rows;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "how often the phases are done in turn (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--phases",
            split = ",",
            description =
                    "all when left out; of ${COMPLETION-CANDIDATES}. Without fill, on the table of the run before")
    private List<Phase> phases = List.of(Phase.values());

    @Option(
            names = "--folder",
            defaultValue = ".holdfast/bench",
            description = "keeps data and results (default: ${DEFAULT-VALUE})")
    private Path folder = Path.of(".holdfast/bench");

    @Option(
            names = "--dsbulk",
            split = " ",
            defaultValue = "--engine.maxConcurrentQueries AUTO",
            description = "its settings (default: ${DEFAULT-VALUE})")
    private List<String> dsbulk = List.of();

    @Option(names = "--jvm", split = " ", description = "more options for the JVM that does our work")
    private List<String> jvm = List.of();

    /** The memory that backup-service may take, and the compiler that {@code ./holdfast up} gives it. */
    private static final List<String> AS_THE_SERVICE =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final int WARMING = 3;

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
        // Whoever ends this one ends the node, too.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
        try (BenchNode node = BenchNode.start(home, folder)) {
            if (phases.contains(Phase.FILL)) {
                fill(node);
            }
            // Whoever comes first would else be the one to warm up the node.
            for (int scan = 1; scan <= WARMING; scan++) {
                run(Phase.SCAN, ours(Phase.SCAN, node), folder.resolve("logs/warm.log"));
            }
            List<Phase> compared =
                    phases.stream().filter(phase -> phase != Phase.FILL).toList();
            for (int round = 1; round <= rounds; round++) {
                for (Phase phase : compared) {
                    Measurement measured = measure(phase, node);
                    System.out.printf("%s: %,.0f rows/s%n", phase.title(), measured.rate());
                    measured.appendTo(results());
                }
            }
        }
        System.out.println(ResultTable.of(Measurement.in(results()), rows));
        return 0;
    }

    private void fill(BenchNode node) throws Exception {
        Files.deleteIfExists(results());
        measure(Phase.FILL, node).appendTo(results());
        node.compact(table().keyspace());
    }

    private Measurement measure(Phase phase, BenchNode node) throws Exception {
        Path log = folder.resolve("logs/%s.log".formatted(phase.word()));
        Files.deleteIfExists(log);
        if (phase == Phase.SNAPSHOT) {
            delete(repository());
        } else if (phase.unloads()) {
            delete(files(phase));
        } else if (phase.loads()) {
            if (!Files.exists(files(phase))) {
                throw new IllegalStateException("%s loads what %s wrote: name that phase before it"
                        .formatted(phase.word(), phase.word().replace("load", "unload")));
            }
            run(phase, ours(phase, node), log);
        }
        run(phase, phase.isDsbulk() ? theirs(phase, node) : ours(phase, node), log);
        node.settle(table().keyspace());
        return phase.isDsbulk() ? Dsbulk.reported(phase, rows, log) : Measurement.told(log);
    }

    private List<String> theirs(Phase phase, BenchNode node) throws IOException {
        OrdersTable table = phase.loads() ? table().copy("loaded") : table();
        return Dsbulk.in(home, dsbulk).command(phase, node, table, files(phase), folder.resolve("logs"));
    }

    private List<String> ours(Phase phase, BenchNode node) {
        List<String> command = new ArrayList<>();
        command.add(JavaHome.current().java().toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        if (phase.isOurs()) {
            command.addAll(AS_THE_SERVICE);
            command.addAll(jvm);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add((phase.isOurs() ? OurWork.class : BareDriver.class).getName());
        command.addAll(List.of(BenchNode.HOST, String.valueOf(node.port()), node.datacenter()));
        command.addAll(List.of(phase.name(), String.valueOf(rows), repository().toString()));
        return command;
    }

    private void run(Phase phase, List<String> command, Path log) throws InterruptedException {
        // Where this process is, since its class path may be relative.
        Path here = Path.of("").toAbsolutePath();
        int code = ChildProcess.start(new Launch(phase.word(), command, Map.of(), here, log))
                .await();
        if (code != 0) {
            throw new IllegalStateException("%s ended with %d: see %s".formatted(phase.word(), code, log));
        }
    }

    private OrdersTable table() {
        return OrdersTable.of(rows);
    }

    private Path repository() {
        return folder.resolve("repository-" + table().keyspace());
    }

    /** What was unloaded with times, or without. */
    private Path files(Phase phase) {
        return folder.resolve((phase.keepsTimes() ? "dsbulk-" : "dsbulk-plain-") + table().keyspace());
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
