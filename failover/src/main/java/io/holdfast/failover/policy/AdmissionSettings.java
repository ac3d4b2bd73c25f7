package io.holdfast.failover.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every key of {@code failover.admission} with the values it takes. */
final class AdmissionSettings {

    /** The keys of one token bucket. */
    record Rate(Setting<Integer> requests, Setting<Duration> per, Setting<Integer> burst) {

        static Rate below(String prefix) {
            return new Rate(
                    new Setting<>(prefix + "requests", Values.integer(1, 100_000)),
                    new Setting<>(prefix + "per", Values.duration("100ms", "10m")),
                    new Setting<>(prefix + "burst", Values.integer(1, 100_000)));
        }

        Stream<Setting<?>> all() {
            return Stream.of(requests, per, burst);
        }
    }

    private static final Values<Boolean> SWITCH =
            Values.oneOf(Map.of("true", Boolean.TRUE, "false", Boolean.FALSE), Set.of());

    static final Setting<Boolean> PER_CLIENT_ENABLED = new Setting<>("per-client.enabled", SWITCH);
    static final Rate PER_CLIENT = Rate.below("per-client.");

    static final Setting<Boolean> CONCURRENCY_ENABLED = new Setting<>("concurrency.enabled", SWITCH);
    static final Setting<Integer> INITIAL = new Setting<>("concurrency.initial", Values.integer(1, 10_000));
    static final Setting<Integer> MINIMUM = new Setting<>("concurrency.minimum", Values.integer(1, 10_000));
    static final Setting<Integer> MAXIMUM = new Setting<>("concurrency.maximum", Values.integer(1, 10_000));

    static final Map<String, Rate> ROUTES = AdmissionPolicy.ROUTES.stream()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), route -> Rate.below("routes." + route + ".")));

    static final Map<String, Setting<?>> BY_KEY =
            all().collect(Collectors.toUnmodifiableMap(Setting::key, setting -> setting));

    /** The keys that hold others, and so may be there with nothing below them. */
    static final Set<String> GROUPS = Stream.concat(
                    Stream.of("per-client", "routes", "concurrency"),
                    AdmissionPolicy.ROUTES.stream().map(route -> "routes." + route))
            .collect(Collectors.toUnmodifiableSet());

    /** All keys below {@code admission}, in the order of the documentation. */
    static final String KEYS = Stream.of(
                    List.of("per-client.enabled", "per-client.requests", "per-client.per", "per-client.burst"),
                    AdmissionPolicy.ROUTES.stream()
                            .sorted()
                            .map(route -> "routes." + route + ".requests, .per, .burst")
                            .toList(),
                    List.of("concurrency.enabled", "concurrency.initial", "concurrency.minimum", "concurrency.maximum"))
            .flatMap(List::stream)
            .collect(Collectors.joining(", "));

    private AdmissionSettings() {}

    private static Stream<Setting<?>> all() {
        Stream<Setting<?>> single = Stream.of(PER_CLIENT_ENABLED, CONCURRENCY_ENABLED, INITIAL, MINIMUM, MAXIMUM);
        Stream<Rate> rates = Stream.concat(Stream.of(PER_CLIENT), ROUTES.values().stream());
        return Stream.concat(single, rates.flatMap(Rate::all));
    }
}
