package io.holdfast.benchmarks.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

/**
 * What one process measured.
 *
 * @param phase what was done
 * @param rows how many rows were done
 * @param size how many rows the table holds
 * @param seconds how long it took, the verification not counted
 * @param rate rows a second; what dsbulk reports for itself
 * @param verifySeconds how long reading back or comparing took
 * @param cpuSeconds how much of the cores the process had by then, its start counted; 0 where it is not looked at
 * @param bytes what was stored, 0 where that is not looked at
 * @param heapPeak the largest heap in use, in bytes, what the next collection would free counted; 0 where it is not looked at
 */
record Measurement(
        Phase phase,
        long rows,
        long size,
        double seconds,
        double rate,
        double verifySeconds,
        double cpuSeconds,
        long bytes,
        long heapPeak) {
    private static final String MARK = "RESULT ";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A phase that only has a rate. */
    static Measurement of(Phase phase, long rows, long size, double seconds) {
        return new Measurement(phase, rows, size, seconds, rows / seconds, 0, cpuSecondsOfThisJvm(), 0, 0);
    }

    static double cpuSecondsOfThisJvm() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1e3;
    }

    /** Tells the process that started this one. */
    void tell() {
        System.out.println(MARK + JSON.writeValueAsString(this));
    }

    /** What a process told, found in its output. */
    static Measurement told(Path log) throws IOException {
        return lines(log).reversed().stream()
                .filter(line -> line.startsWith(MARK))
                .findFirst()
                .map(line -> JSON.readValue(line.substring(MARK.length()), Measurement.class))
                .orElseThrow(() -> new IllegalStateException("No result: see " + log));
    }

    void appendTo(Path file) throws IOException {
        Files.writeString(
                file, JSON.writeValueAsString(this) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** All that were appended to a file, in their order. */
    static List<Measurement> in(Path file) throws IOException {
        return Files.isRegularFile(file)
                ? lines(file).stream()
                        .map(line -> JSON.readValue(line, Measurement.class))
                        .toList()
                : List.of();
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8);
    }
}
