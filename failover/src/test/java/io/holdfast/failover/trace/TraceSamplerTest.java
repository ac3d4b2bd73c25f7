package io.holdfast.failover.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.mock.env.MockEnvironment;

class TraceSamplerTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void aRequestBeginsATraceAtTheGatewayOnly() {
        environment.setProperty(TraceSampler.PROBABILITY, "1.0");
        assertThat(kept(sampler(), Context.root(), SpanKind.SERVER)).isFalse();

        environment.setProperty(TraceSampler.BEGINS_HERE, "true");
        assertThat(kept(sampler(), Context.root(), SpanKind.SERVER)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = SpanKind.class,
            names = {"PRODUCER", "CONSUMER"})
    void aMessageBeginsATraceAnywhere(SpanKind kind) {
        environment.setProperty(TraceSampler.PROBABILITY, "1.0");

        assertThat(kept(sampler(), Context.root(), kind)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = SpanKind.class,
            names = {"CLIENT", "INTERNAL"})
    void aCallNobodyAskedForBeginsNone(SpanKind kind) {
        environment.setProperty(TraceSampler.PROBABILITY, "1.0");
        environment.setProperty(TraceSampler.BEGINS_HERE, "true");

        assertThat(kept(sampler(), Context.root(), kind)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServiceFollowsItsCallerWhateverChanceWouldSay(boolean sampled) {
        environment.setProperty(TraceSampler.PROBABILITY, sampled ? "0.0" : "1.0");

        assertThat(kept(sampler(), called(true, sampled), SpanKind.SERVER)).isEqualTo(sampled);
        assertThat(kept(sampler(), called(false, sampled), SpanKind.CLIENT)).isEqualTo(sampled);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStrangerDoesNotDecideWhatIsKept(boolean sampled) {
        environment.setProperty(TraceSampler.PROBABILITY, sampled ? "0.0" : "1.0");
        environment.setProperty(TraceSampler.BEGINS_HERE, "true");

        assertThat(kept(sampler(), called(true, sampled), SpanKind.SERVER)).isEqualTo(!sampled);
        assertThat(kept(sampler(), called(false, sampled), SpanKind.CLIENT)).isEqualTo(sampled);
    }

    @Test
    void aSavedProbabilityTakesEffectAtOnceAndAnUnusableOneNone() {
        environment.setProperty(TraceSampler.PROBABILITY, "0.0");
        TraceSampler sampler = sampler();
        assertThat(kept(sampler, Context.root(), SpanKind.PRODUCER)).isFalse();

        for (String saved : List.of("1.0", "often", "2")) {
            environment.setProperty(TraceSampler.PROBABILITY, saved);
            sampler.on(new EnvironmentChangeEvent(environment, Set.of(TraceSampler.PROBABILITY)));
            assertThat(kept(sampler, Context.root(), SpanKind.PRODUCER))
                    .as(saved)
                    .isTrue();
        }
    }

    private TraceSampler sampler() {
        return new TraceSampler(environment);
    }

    private static Context called(boolean remote, boolean sampled) {
        TraceFlags flags = sampled ? TraceFlags.getSampled() : TraceFlags.getDefault();
        SpanContext parent = remote
                ? SpanContext.createFromRemoteParent(TRACE, "b7ad6b7169203331", flags, TraceState.getDefault())
                : SpanContext.create(TRACE, "b7ad6b7169203331", flags, TraceState.getDefault());
        return Context.root().with(Span.wrap(parent));
    }

    private static boolean kept(TraceSampler sampler, Context parent, SpanKind kind) {
        return sampler.shouldSample(parent, TRACE, "name", kind, Attributes.empty(), List.of())
                        .getDecision()
                == SamplingDecision.RECORD_AND_SAMPLE;
    }
}
