package io.holdfast.benchmarks.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** Where it tells what it does, on the console. */
    private static final Pattern FOLDER = Pattern.compile("^Operation directory: (?<folder>.+)$", Pattern.MULTILINE);

    private static final Pattern RECORDS =
            Pattern.compile("Records: total: [0-9,]+, successful: (?<number>[0-9,]+), failed: 0$", Pattern.MULTILINE);
    private static final Pattern CALLS =
            Pattern.compile("(Reads|Writes): total: (?<number>[0-9,]+),", Pattern.MULTILINE);
    private static final Pattern RATE = Pattern.compile("Throughput: (?<number>[0-9,]+) (reads|writes)/second");

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

    /**
     * The rate it reported. When it keeps times it writes each column of a row by a statement of its own, and reports statements a
     * second, also where it says rows: here, they are rows.
     */
    static Measurement reported(Phase phase, long size, Path log) throws IOException {
        String folder = last(FOLDER, "folder", Files.readString(log));
        String told = Files.readString(Path.of(folder, "operation.log"));
        long rows = number(told, RECORDS);
        if (rows != size) {
            throw new IllegalStateException("dsbulk did %d of %d rows: see %s".formatted(rows, size, folder));
        }
        double rate = (double) number(told, RATE) * rows / number(told, CALLS);
        return new Measurement(phase, rows, size, rows / rate, rate, 0, 0, 0, 0);
    }

    private String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(library)) {
            return jars.map(Path::toString).sorted().collect(Collectors.joining(":"));
        }
    }

    private static long number(String told, Pattern pattern) {
        return Long.parseLong(last(pattern, "number", told).replace(",", ""));
    }

    private static String last(Pattern pattern, String group, String told) {
        return pattern.matcher(told)
                .results()
                .reduce((_, last) -> last)
                .orElseThrow(() -> new IllegalStateException("dsbulk did not end well: " + told))
                .group(group);
    }
}
