package io.holdfast.failover.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Tells every service where configuration, registry and the store of traces are, and the registry where it runs and since when, from the environment variables the platform starts it with
 * (see {@code platform-defaults.yml}). These defaults give way to everything else.
 */
public final class PlatformDefaults implements EnvironmentPostProcessor, Ordered {

    private static final String FILE = "platform-defaults.yml";
    private static final String REGISTRY = "platform-registry";
    /** A trace's id beside a count: Prometheus before 2.43 refuses all metrics of a service that shows one. */
    private static final String EXEMPLARS =
            "org.springframework.boot.micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration";

    private static final String INSTANCE = "platform-instance";
    private static final String METADATA = "eureka.instance.metadata-map.";
    private static final String TRACES = "platform-traces";
    private static final List<String> TRACING = List.of(
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.zipkin.ZipkinWithOpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
            "org.springframework.boot.zipkin.autoconfigure.ZipkinAutoConfiguration");

    /** Before the service's own files are read, because they import the configuration from config-service. */
    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER - 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            for (PropertySource<?> source :
                    new YamlPropertySourceLoader().load(FILE, new ClassPathResource(FILE, getClass()))) {
                environment.getPropertySources().addLast(source);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
        String uris = environment.getProperty("HOLDFAST_DISCOVERY_URI");
        if (uris != null) {
            String password = environment.getProperty("HOLDFAST_DISCOVERY_PASSWORD", "");
            Map<String, Object> registry = Map.of("eureka.client.service-url.defaultZone", zone(uris, password));
            environment.getPropertySources().addLast(new MapPropertySource(REGISTRY, registry));
        }
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(INSTANCE, instance(environment.getProperty("HOLDFAST_ZONE", ""))));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(TRACES, traces(environment.getProperty("HOLDFAST_TRACES_URL", ""))));
    }

    /**
     * What an instance says of itself in the registry, for those who route calls to it. The time is that of the process: it
     * must not change when the configuration is read again.
     */
    private static Map<String, Object> instance(String zone) {
        String started = METADATA + "started";
        long began = ManagementFactory.getRuntimeMXBean().getStartTime();
        return zone.isBlank()
                ? Map.of(started, String.valueOf(began))
                : Map.of(started, String.valueOf(began), METADATA + "zone", zone.strip());
    }

    /** Before the environment says where traces go there are none: also a span that is not recorded costs its request. */
    private static Map<String, Object> traces(String url) {
        return url.isBlank()
                ? Map.of("spring.autoconfigure.exclude", TRACING)
                : Map.of(
                        "holdfast.traces.url", url,
                        "management.tracing.export.zipkin.endpoint", url,
                        "spring.autoconfigure.exclude", EXEMPLARS);
    }

    /** Eureka takes its credentials only inside the address. */
    static String zone(String uris, String password) {
        String user = "discovery:" + URLEncoder.encode(password, StandardCharsets.UTF_8) + "@";
        return Arrays.stream(uris.split(","))
                .map(String::strip)
                .map(uri -> uri.replaceFirst("://", "://" + user.replace("$", "\\$")))
                .collect(Collectors.joining(","));
    }
}
