package io.holdfast.failover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of presets in the file a person edits. */
class PresetTableTest {

    private static final String PREFIX = "#   ";
    private static final int COLUMNS = 4;

    @ParameterizedTest
    @EnumSource(Tolerance.class)
    void saysWhatEachPresetSets(Tolerance tolerance) throws IOException {
        Map<String, String> set = new HashMap<>();
        set.putAll(dependency(tolerance.policy()));
        set.putAll(cassandra(tolerance.cassandra()));
        set.putAll(admission(tolerance.admission()));

        assertThat(column(tolerance.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .isEqualTo(set);
    }

    private static Map<String, String> column(String preset) throws IOException {
        List<List<String>> rows = Files.readString(Path.of("../config/failover.yml"))
                .lines()
                .filter(line -> line.startsWith(PREFIX))
                .map(line ->
                        Arrays.asList(line.substring(PREFIX.length()).strip().split(" {2,}")))
                .filter(row -> row.size() == COLUMNS)
                .toList();
        int column = rows.getFirst().indexOf(preset);
        Map<String, String> set = new HashMap<>();
        rows.stream().skip(1).forEach(row -> set.put(row.getFirst(), row.get(column)));
        return set;
    }

    private static Map<String, String> dependency(DependencyPolicy policy) {
        CircuitBreakerPolicy breaker = policy.circuitBreaker();
        return Map.ofEntries(
                Map.entry("timeout", text(policy.timeout())),
                Map.entry("retry.attempts", text(policy.retry().attempts())),
                Map.entry("retry.backoff", text(policy.retry().backoff())),
                Map.entry("retry.multiplier", text(policy.retry().multiplier())),
                Map.entry("retry.jitter", text(policy.retry().jitter())),
                Map.entry("circuit-breaker.enabled", text(breaker.enabled())),
                Map.entry("circuit-breaker.failure-rate", text(breaker.failureRate()) + "%"),
                Map.entry("circuit-breaker.slow-call", share(breaker.slowCall(), policy.timeout())),
                Map.entry("circuit-breaker.slow-call-rate", text(breaker.slowCallRate()) + "%"),
                Map.entry("circuit-breaker.window", text(breaker.window())),
                Map.entry("circuit-breaker.minimum-calls", text(breaker.minimumCalls())),
                Map.entry("circuit-breaker.open-for", text(breaker.openFor())),
                Map.entry("circuit-breaker.half-open-calls", text(breaker.halfOpenCalls())),
                Map.entry("bulkhead.concurrent-calls", text(policy.bulkhead().concurrentCalls())),
                Map.entry("routing", policy.routing().label()),
                Map.entry("fallback", policy.fallback().name().toLowerCase(Locale.ROOT)));
    }

    private static Map<String, String> cassandra(CassandraPolicy policy) {
        return Map.of(
                "consistency", policy.consistency().label(),
                "serial-consistency", policy.serialConsistency().label(),
                "speculative-execution.enabled",
                        text(policy.speculativeExecution().enabled()),
                "speculative-execution.after",
                        text(policy.speculativeExecution().after()),
                "speculative-execution.executions",
                        text(policy.speculativeExecution().executions()),
                "datacenter.first", policy.datacenter().first(),
                "datacenter.failover", text(policy.datacenter().failover()));
    }

    private static Map<String, String> admission(AdmissionPolicy policy) {
        ConcurrencyPolicy concurrency = policy.concurrency();
        RateLimit rate = policy.perClient().rate();
        assertThat(rate.burst()).as("told for all presets together").isEqualTo(2 * rate.requests());
        return Map.of(
                "admission.per-client.enabled", text(policy.perClient().enabled()),
                "admission.per-client.requests", text(rate.requests()),
                "admission.per-client.per", text(rate.per()),
                "admission.concurrency.enabled", text(concurrency.enabled()),
                "admission.concurrency.initial", text(concurrency.initial()),
                "admission.concurrency.minimum", text(concurrency.minimum()),
                "admission.concurrency.maximum", text(concurrency.maximum()));
    }

    private static String text(Object value) {
        return String.valueOf(value).replaceFirst("\\.0$", "");
    }

    private static String text(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    private static String share(Duration part, Duration whole) {
        if (part.multipliedBy(4).equals(whole.multipliedBy(3))) {
            return "3/4 of the timeout";
        }
        if (part.multipliedBy(2).equals(whole)) {
            return "1/2 of the timeout";
        }
        return part.equals(whole) ? "the timeout" : part + " of " + whole;
    }
}
