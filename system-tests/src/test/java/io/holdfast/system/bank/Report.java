package io.holdfast.system.bank;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a run ended.
 *
 * @param counts of the orders, by status
 * @param done to the platform
 * @param newcomers who were told that they are registered
 * @param traffic in words
 */
record Report(Map<Status, Long> counts, List<Violation> violations, List<String> done, int newcomers, String traffic) {

    private static final int SHOWN = 40;

    static Report of(Tables tables, List<Violation> violations, List<String> done, int newcomers, String traffic) {
        Map<Status, Long> counts = new TreeMap<>(tables.orders().values().stream()
                .collect(Collectors.groupingBy(order -> Status.valueOf(order.status()), Collectors.counting())));
        return new Report(counts, violations, done, newcomers, traffic);
    }

    long orders() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Of all orders, from 0 to 1. */
    double rejected() {
        return orders() == 0 ? 0 : counts.getOrDefault(Status.REJECTED, 0L) / (double) orders();
    }

    /** How many violations there are of some kinds. */
    long of(Violation.Kind... kinds) {
        return violations.stream()
                .filter(violation -> Arrays.asList(kinds).contains(violation.kind()))
                .count();
    }

    @Override
    public String toString() {
        return "%s%n%d orders %s; %s, %d newcomers%n%d violations%s"
                .formatted(
                        String.join(System.lineSeparator(), done),
                        orders(),
                        counts,
                        traffic,
                        newcomers,
                        violations.size(),
                        violations.stream()
                                .limit(SHOWN)
                                .map(violation -> System.lineSeparator() + "  " + violation)
                                .collect(Collectors.joining()));
    }
}
