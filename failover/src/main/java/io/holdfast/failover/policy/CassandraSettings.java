package io.holdfast.failover.policy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.holdfast.failover.policy.CassandraPolicy.Consistency;
import io.holdfast.failover.policy.CassandraPolicy.SerialConsistency;

/** Every key that only the dependency {@code cassandra} has, with the values it takes. */
final class CassandraSettings {

    /** The dependency these keys belong to. */
    static final String DEPENDENCY = "cassandra";

    private static final Values<Boolean> SWITCH =
            Values.oneOf(Map.of("true", Boolean.TRUE, "false", Boolean.FALSE), Set.of());

    static final Setting<Consistency> CONSISTENCY =
            new Setting<>("consistency", labelled(Consistency.values(), Consistency::label));
    static final Setting<SerialConsistency> SERIAL_CONSISTENCY =
            new Setting<>("serial-consistency", labelled(SerialConsistency.values(), SerialConsistency::label));

    static final Setting<Boolean> SPECULATIVE = new Setting<>("speculative-execution.enabled", SWITCH);
    static final Setting<Duration> AFTER = new Setting<>("speculative-execution.after", Values.duration("1ms", "1m"));
    static final Setting<Integer> EXECUTIONS = new Setting<>("speculative-execution.executions", Values.integer(1, 10));

    static final Setting<String> FIRST = new Setting<>("datacenter.first", Values.datacenter());
    static final Setting<Boolean> FAILOVER = new Setting<>("datacenter.failover", SWITCH);

    private static final List<Setting<?>> ALL =
            List.of(CONSISTENCY, SERIAL_CONSISTENCY, SPECULATIVE, AFTER, EXECUTIONS, FIRST, FAILOVER);

    static final Map<String, Setting<?>> BY_KEY =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Setting::key, setting -> setting));

    /** In the order of the documentation. */
    static final String KEYS = ALL.stream().map(Setting::key).collect(Collectors.joining(", "));

    private CassandraSettings() {}

    private static <T> Values<T> labelled(T[] values, Function<T, String> label) {
        return Values.oneOf(Arrays.stream(values).collect(Collectors.toMap(label, value -> value)), Set.of());
    }
}
