package io.holdfast.failover.trace;

import java.util.Map;

import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Traces the same way in every service, when the environment says where they are stored ({@code HOLDFAST_TRACES_URL});
 * otherwise there is no tracer at all.
 */
@AutoConfiguration(before = OpenTelemetryTracingAutoConfiguration.class)
@ConditionalOnProperty(TraceAutoConfiguration.URL)
public class TraceAutoConfiguration {

    /** There only when traces are stored. */
    public static final String URL = "holdfast.traces.url";

    @Bean
    TraceSampler traceSampler(Environment environment) {
        return new TraceSampler(environment);
    }

    @Bean
    SpanExporters traceStores(
            ObjectProvider<SpanExporter> exporters, @Value("${eureka.instance.instance-id}") String instance) {
        return SpanExporters.of(exporters
                .orderedStream()
                .map(exporter -> new TraceStore(exporter, instance))
                .toList());
    }

    /** Probes come every second and say nothing. */
    @Bean
    SpanExportingPredicate withoutActuator() {
        return span -> !isActuator(span.getTags());
    }

    private static boolean isActuator(Map<String, String> tags) {
        return tags.getOrDefault("http.url", "").startsWith("/actuator/");
    }
}
