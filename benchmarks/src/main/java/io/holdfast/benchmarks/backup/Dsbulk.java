package io.holdfast.benchmarks.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.holdfast.local.Complaint;
import io.holdfast.local.Home;
import io.holdfast.local.server.JavaHome;

/**
 * DataStax Bulk Loader, in a process and with a class path of its own, on the JDK that Cassandra runs on.
 *
 * @param library holds its jars
 * @param options more settings, each with its value
 */
record Dsbulk(Path library, List<String> options) {
    private static final String MAIN = "com.datastax.oss.dsbulk.runner.DataStaxBulkLoader";

    /** The last line of the table it ends with: total, failed, rows a second. */
    private static final Pattern TOTALS =
            Pattern.compile("^\\s*(?<total>[0-9,]+) \\|\\s*(?<failed>[0-9,]+) \\|\\s*(?<rate>[0-9,]+) \\|");

    static Dsbulk in(Home home, List<String> options) {
        Path library = home.root().resolve("benchmarks/dsbulk/target/lib");
        if (!Files.isDirectory(library)) {
            throw new Complaint(
                    "The jars of dsbulk are not in " + library + ": run mvn -f benchmarks/dsbulk process-resources");
        }
        return new Dsbulk(library, options);
    }

    /** How to start it for a phase that is its own. */
    List<String> command(Phase phase, BenchNode node, OrdersTable table, Path files, Path logs) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(JavaHome.forCassandra().java().toString());
        command.addAll(List.of("-cp", classPath(), MAIN, phase.unloads() ? "unload" : "load"));
        command.addAll(List.of("-h", BenchNode.HOST, "-port", String.valueOf(node.port()), "-dc", node.datacenter()));
        command.addAll(List.of("-k", table.keyspace(), "-t", table.name()));
        command.addAll(List.of("-url", files.toString(), "-logDir", logs.toString()));
        String times = String.valueOf(phase.keepsTimes());
        command.addAll(List.of("--schema.preserveTimestamp", times, "--schema.preserveTtl", times));
        command.addAll(List.of("--log.ansiMode", "disabled"));
        command.addAll(options);
        return command;
    }

    /** The rate it reported. */
    static Measurement reported(Phase phase, long size, Path log) throws IOException {
        Matcher totals = Files.readAllLines(log).reversed().stream()
                .map(TOTALS::matcher)
                .filter(Matcher::find)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("dsbulk reported nothing: see " + log));
        long failed = number(totals.group("failed"));
        long rows = number(totals.group("total")) - failed;
        if (failed > 0 || rows != size) {
            throw new IllegalStateException("dsbulk did %d of %d rows: see %s".formatted(rows, size, log));
        }
        double rate = number(totals.group("rate"));
        return new Measurement(phase, rows, size, rows / rate, rate, 0, 0, 0, 0);
    }

    private String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(library)) {
            return jars.map(Path::toString).sorted().collect(Collectors.joining(":"));
        }
    }

    private static long number(String text) {
        return Long.parseLong(text.replace(",", ""));
    }
}
