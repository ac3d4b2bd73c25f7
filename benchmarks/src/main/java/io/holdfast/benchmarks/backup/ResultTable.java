package io.holdfast.benchmarks.backup;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Medians of what was measured, in Markdown; of the heap, the largest. */
final class ResultTable {
    private static final double MEGABYTE = 1e6;

    private final Map<Phase, List<Measurement>> measured;

    private ResultTable(List<Measurement> measurements) {
        measured = measurements.stream()
                .collect(Collectors.groupingBy(
                        Measurement::phase, () -> new EnumMap<>(Phase.class), Collectors.toList()));
    }

    static String of(List<Measurement> measurements, long rows) {
        ResultTable table = new ResultTable(measurements);
        StringBuilder text = new StringBuilder("""

                %,d rows

                | what | runs | rows/s, median | slowest to fastest | seconds | check, seconds | CPU seconds | MB stored | heap, MB |
                |---|---|---|---|---|---|---|---|---|
                """.formatted(rows));
        table.measured.forEach((phase, runs) -> text.append(line(phase, runs)));
        text.append('\n');
        table.ratio(text, Phase.SNAPSHOT, Phase.UNLOAD);
        table.ratio(text, Phase.SNAPSHOT, Phase.SCAN);
        table.ratio(text, Phase.RESTORE, Phase.LOAD);
        table.ratio(text, Phase.RESTORE, Phase.PLAIN_LOAD);
        table.ratio(text, Phase.RESTORE, Phase.INSERT);
        return text.toString();
    }

    private static String line(Phase phase, List<Measurement> runs) {
        return "| %s | %d | %,.0f | %,.0f–%,.0f | %.1f | %.1f | %.1f | %.2f | %.0f |%n"
                .formatted(
                        phase.title(),
                        runs.size(),
                        median(runs, Measurement::rate),
                        runs.stream().mapToDouble(Measurement::rate).min().orElse(0),
                        largest(runs, Measurement::rate),
                        median(runs, Measurement::seconds),
                        median(runs, Measurement::verifySeconds),
                        median(runs, Measurement::cpuSeconds),
                        median(runs, run -> run.bytes() / MEGABYTE),
                        largest(runs, run -> run.heapPeak() / MEGABYTE));
    }

    private void ratio(StringBuilder text, Phase phase, Phase to) {
        List<Measurement> runs = measured.getOrDefault(phase, List.of());
        List<Measurement> others = measured.getOrDefault(to, List.of());
        if (!runs.isEmpty() && !others.isEmpty()) {
            text.append("- %s: %.2f times %s%n"
                    .formatted(
                            phase.title(),
                            median(runs, Measurement::rate) / median(others, Measurement::rate),
                            to.title()));
        }
    }

    private static double median(List<Measurement> runs, ToDoubleFunction<Measurement> of) {
        List<Double> sorted = runs.stream().map(of::applyAsDouble).sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double largest(List<Measurement> runs, ToDoubleFunction<Measurement> of) {
        return runs.stream().mapToDouble(of).max().orElse(0);
    }
}
