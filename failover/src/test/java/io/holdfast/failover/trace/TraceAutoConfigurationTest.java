package io.holdfast.failover.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TraceAutoConfigurationTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    TraceAutoConfiguration.class,
                    OpenTelemetrySdkAutoConfiguration.class,
                    OpenTelemetryTracingAutoConfiguration.class,
                    MicrometerTracingAutoConfiguration.class,
                    ObservationAutoConfiguration.class))
            .withPropertyValues("eureka.instance.instance-id=order-service-1");

    @Test
    void withoutAStoreACallHasATraceIdForTheLogAndNothingIsRecorded() {
        service.run(context -> {
            assertThat(context.getBean(SpanExporters.class).list()).isEmpty();
            observe(context, () -> {
                Span current =
                        Objects.requireNonNull(context.getBean(Tracer.class).currentSpan());
                assertThat(current.context().traceId()).hasSize(32);
                assertThat(current.context().sampled()).isFalse();
                return "done";
            });
        });
    }

    @Test
    void withAStoreSpansAreSentThere() {
        StoreByHand store = new StoreByHand();
        service.withPropertyValues(
                        TraceAutoConfiguration.URL + "=http://127.0.0.1:1/", TraceSampler.PROBABILITY + "=1.0")
                .withBean(StoreByHand.class, () -> store)
                .run(context -> assertThat(context.getBean(SpanExporters.class).list())
                        .singleElement()
                        .isInstanceOf(TraceStore.class));
    }

    @Test
    void anotherThreadThatWorksOnACallIsInItsTrace() {
        service.run(context -> observe(context, () -> {
            try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
                assertThat(others.submit(() -> traceId(context)).get()).isEqualTo("none");
                assertThat(others.submit(CallerContext.carry(() -> traceId(context)))
                                .get())
                        .isEqualTo(traceId(context));
            }
            return "done";
        }));
    }

    private static void observe(AssertableApplicationContext context, Callable<String> call) throws Exception {
        Observation.createNotStarted("call", context.getBean(ObservationRegistry.class))
                .observeChecked(call::call);
    }

    private static String traceId(AssertableApplicationContext context) {
        Span current = context.getBean(Tracer.class).currentSpan();
        return current == null ? "none" : current.context().traceId();
    }
}
