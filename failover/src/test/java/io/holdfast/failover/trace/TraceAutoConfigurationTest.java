package io.holdfast.failover.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.ConfigurableApplicationContext;

class TraceAutoConfigurationTest {

    @EnableAutoConfiguration
    static class EmptyService {}

    @Test
    void withoutAStoreThereIsNoTracer() throws Exception {
        try (ConfigurableApplicationContext service = service("")) {
            assertThat(service.getBeansOfType(TracingObservationHandler.class)).isEmpty();
            assertThat(service.getBeansOfType(Sampler.class)).isEmpty();
            observe(service, () -> assertThat(MDC.get("traceId")).isNull());
        }
    }

    @Test
    void withAStoreSpansGoThereAndTheLogHasTheTrace() throws Exception {
        try (ConfigurableApplicationContext service = service("http://127.0.0.1:1/api/v2/spans")) {
            assertThat(service.getBean(SpanExporters.class).list())
                    .singleElement()
                    .isInstanceOf(TraceStore.class);
            assertThat(service.getBean(Sampler.class)).isInstanceOf(TraceSampler.class);
            observe(service, () -> assertThat(MDC.get("traceId")).hasSize(32));
        }
    }

    @Test
    void anotherThreadThatWorksOnACallIsInItsTrace() throws Exception {
        try (ConfigurableApplicationContext service = service("http://127.0.0.1:1/api/v2/spans");
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            Tracer tracer = service.getBean(Tracer.class);
            Callable<String> work = () -> tracer.currentTraceContext().context() + " " + MDC.get("traceId");

            observe(service, () -> {
                assertThat(others.submit(work).get()).isEqualTo("null null");
                assertThat(others.submit(CallerContext.carry(work)).get()).isEqualTo(work.call());
            });
        }
    }

    private static ConfigurableApplicationContext service(String traces) {
        return new SpringApplicationBuilder(EmptyService.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--HOLDFAST_TRACES_URL=" + traces,
                        "--spring.application.name=test",
                        "--spring.cloud.config.enabled=false",
                        "--eureka.client.enabled=false");
    }

    private static void observe(ConfigurableApplicationContext service, Observation.CheckedRunnable<Exception> call)
            throws Exception {
        Observation.createNotStarted("call", service.getBean(ObservationRegistry.class))
                .observeChecked(call);
    }
}
