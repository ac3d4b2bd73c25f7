package io.holdfast.benchmarks.backup;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Medians of what was measured, in Markdown. */
final class ResultTable {
    private static final double MEGABYTE = 1e6;

    private final Map<Phase, List<Measurement>> measured;

    private ResultTable(List<Measurement> measurements) {
        measured = measurements.stream()
                .collect(Collectors.groupingBy(Measurement::phase, () -> new EnumMap<>(Phase.class), Collectors.toList()));
    }

    static String of(List<Measurement> measurements, long rows) {
        ResultTable table = new ResultTable(measurements);
        StringBuilder text = new StringBuilder("\n%,d rows\n\n".formatted(rows))
                .append("| what | runs | rows/s | against dsbulk | against the driver | seconds | check, seconds | CPU seconds | MB stored | heap, MB | after a collection, MB |\n")
                .append("|---|---|---|---|---|---|---|---|---|---|---|\n");
        table.measured.keySet().forEach(phase -> text.append(table.line(phase)));
        return text.toString();
    }

    private String line(Phase phase) {
        boolean reads = phase.compareTo(Phase.SCAN) <= 0;
        return "| %s | %d | %,.0f | %s | %s | %.1f | %.1f | %.1f | %.2f | %.0f | %.0f |%n"
                .formatted(
                        phase.title(),
                        measured.get(phase).size(),
                        median(phase, Measurement::rate),
                        ratio(phase, reads ? Phase.UNLOAD : Phase.LOAD),
                        ratio(phase, reads ? Phase.SCAN : Phase.INSERT),
                        median(phase, Measurement::seconds),
                        median(phase, Measurement::verifySeconds),
                        median(phase, Measurement::cpuSeconds),
                        median(phase, one -> one.bytes() / MEGABYTE),
                        largest(phase, one -> one.heapPeak() / MEGABYTE),
                        largest(phase, one -> one.heapAfterCollection() / MEGABYTE));
    }

    private String ratio(Phase phase, Phase to) {
        return measured.containsKey(to) && phase != Phase.FILL
                ? "%.2f".formatted(median(phase, Measurement::rate) / median(to, Measurement::rate))
                : "";
    }

    private double median(Phase phase, ToDoubleFunction<Measurement> of) {
        List<Double> sorted =
                measured.get(phase).stream().map(of::applyAsDouble).sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private double largest(Phase phase, ToDoubleFunction<Measurement> of) {
        return measured.get(phase).stream().mapToDouble(of).max().orElse(0);
    }
}
