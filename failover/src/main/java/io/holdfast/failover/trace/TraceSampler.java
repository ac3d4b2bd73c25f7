package io.holdfast.failover.trace;

import java.util.List;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.Environment;

/**
 * Which traces are kept. Where a trace begins chance decides, and all others follow. A trace begins with a request at the
 * gateway or with a message; what nobody asked for, such as probes, heartbeats and questions for a new configuration, is in
 * none. The probability follows the configuration while the service runs.
 */
final class TraceSampler implements Sampler {

    static final String PROBABILITY = "management.tracing.sampling.probability";
    static final String BEGINS_HERE = "holdfast.traces.begin-here";

    private static final Logger log = LoggerFactory.getLogger(TraceSampler.class);
    private static final float UNSAID = 0.1f;

    private final Environment environment;
    private final boolean beginsHere;
    private volatile float probability;
    private volatile Sampler chance = Sampler.alwaysOff();

    /**
     * Reads the probability, and whether traces of requests begin in this service. Then its callers are strangers, who may
     * name a trace but not decide that it is kept.
     */
    TraceSampler(Environment environment) {
        this.environment = environment;
        this.beginsHere = environment.getProperty(BEGINS_HERE, Boolean.class, false);
        follow();
    }

    @EventListener
    void on(EnvironmentChangeEvent event) {
        if (event.getKeys().contains(PROBABILITY)) {
            follow();
        }
    }

    private void follow() {
        try {
            float wanted = environment.getProperty(PROBABILITY, Float.class, UNSAID);
            chance = Sampler.traceIdRatioBased(wanted);
            if (wanted != probability) {
                log.info("traces kept probability={}", wanted);
            }
            probability = wanted;
        } catch (IllegalArgumentException | ConversionException unusable) {
            log.warn("{} must be from 0 to 1 and stays {}: {}", PROBABILITY, probability, unusable.getMessage());
        }
    }

    @Override
    public SamplingResult shouldSample(
            Context parentContext,
            String traceId,
            String name,
            SpanKind kind,
            Attributes attributes,
            List<LinkData> links) {
        SpanContext parent = Span.fromContext(parentContext).getSpanContext();
        if (parent.isValid() && !(parent.isRemote() && beginsHere)) {
            return parent.isSampled() ? SamplingResult.recordAndSample() : SamplingResult.drop();
        }
        boolean begins = kind == SpanKind.SERVER ? beginsHere : kind == SpanKind.PRODUCER || kind == SpanKind.CONSUMER;
        if (!begins) {
            return SamplingResult.drop();
        }
        return chance.shouldSample(parentContext, traceId, name, kind, attributes, links);
    }

    @Override
    public String getDescription() {
        return "TraceSampler{" + probability + "}";
    }
}
