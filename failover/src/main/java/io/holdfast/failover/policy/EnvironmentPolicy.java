package io.holdfast.failover.policy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/** Reads the policy a service was given by config-service, which has validated it already, or by its own files. */
public final class EnvironmentPolicy {

    private EnvironmentPolicy() {}

    /** Reads the whole policy; where two sources have the same key, the first one counts. */
    public static PolicyReading read(ConfigurableEnvironment environment) {
        Map<String, PolicyEntry> entries = new LinkedHashMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            addEntries(source, entries);
        }
        return PolicyReader.read(List.copyOf(entries.values()));
    }

    /**
     * Reads what the whole policy will be when the policy file has another text, in the place it has among the other sources.
     *
     * @param isFile the source that holds the file now
     * @param text of the file
     */
    public static PolicyReading readWith(
            ConfigurableEnvironment environment, Predicate<PropertySource<?>> isFile, String text) {
        return switch (PolicyFile.parse(PolicyFile.NAME, text.getBytes(StandardCharsets.UTF_8))) {
            case PolicyFile.Content.Broken(PolicyProblem problem) -> new PolicyReading.Refused(List.of(problem));
            case PolicyFile.Content.Entries(List<PolicyEntry> inFile) -> readWith(environment, isFile, inFile);
        };
    }

    private static PolicyReading readWith(
            ConfigurableEnvironment environment, Predicate<PropertySource<?>> isFile, List<PolicyEntry> inFile) {
        Map<String, PolicyEntry> entries = new LinkedHashMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (isFile.test(source)) {
                inFile.forEach(entry -> entries.putIfAbsent(entry.key(), entry));
            } else {
                addEntries(source, entries);
            }
        }
        return PolicyReader.read(List.copyOf(entries.values()));
    }

    private static void addEntries(PropertySource<?> source, Map<String, PolicyEntry> entries) {
        if (source instanceof EnumerablePropertySource<?> enumerable) {
            addEntries(enumerable, entries);
        }
    }

    private static void addEntries(EnumerablePropertySource<?> source, Map<String, PolicyEntry> entries) {
        for (String key : source.getPropertyNames()) {
            if (key.startsWith(PolicyReader.ROOT + ".")) {
                entries.computeIfAbsent(
                        key,
                        name -> new PolicyEntry(
                                name, source.getProperty(name), fileOf(source, name), PolicyFile.lineOf(source, name)));
            }
        }
    }

    private static String fileOf(EnumerablePropertySource<?> source, String key) {
        @Nullable Origin origin = OriginLookup.getOrigin(source, key);
        return origin == null ? source.getName() : origin.toString();
    }
}
