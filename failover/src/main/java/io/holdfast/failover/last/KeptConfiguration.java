package io.holdfast.failover.last;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * What config-service served, as a service took it.
 *
 * @param version the commit id
 * @param loadedAt when config-service served it
 * @param files the first one going before the others
 */
public record KeptConfiguration(String version, Instant loadedAt, List<KeptFile> files) {

    /**
     * One served file.
     *
     * @param name of its property source
     * @param values by key; a key without value has null
     */
    public record KeptFile(String name, Map<String, @Nullable Object> values) {

        public KeptFile {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        static KeptFile of(EnumerablePropertySource<?> source) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (String key : source.getPropertyNames()) {
                values.put(key, source.getProperty(key));
            }
            return new KeptFile(source.getName(), values);
        }
    }

    public KeptConfiguration {
        files = List.copyOf(files);
    }

    /** What an environment has from config-service. */
    public static KeptConfiguration of(ConfigurableEnvironment environment, String version, Instant loadedAt) {
        List<KeptFile> files = new ArrayList<>();
        for (PropertySource<?> source : ServedSources.files(environment.getPropertySources())) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                files.add(KeptFile.of(enumerable));
            }
        }
        return new KeptConfiguration(version, loadedAt, files);
    }
}
