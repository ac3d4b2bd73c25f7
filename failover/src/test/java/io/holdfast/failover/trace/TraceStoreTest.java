package io.holdfast.failover.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TraceStoreTest {

    private final StoreByHand store = new StoreByHand();
    private final Tracer tracer = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new TraceStore(store, "order-service-2")))
            .build()
            .get("test");

    @Test
    void keepsTheInstanceAndOfAFailureItsTypeOnly() {
        Span span = tracer.spanBuilder("http post").startSpan();
        span.setAttribute("uri", "/api/orders");
        span.recordException(new IllegalArgumentException("{\"userName\":\"ada\"}"));
        span.setStatus(StatusCode.ERROR, "{\"userName\":\"ada\"}");
        span.end();

        SpanData kept = store.spans().getFirst();
        assertThat(kept.getAttributes().get(KeptSpan.INSTANCE)).isEqualTo("order-service-2");
        assertThat(kept.getAttributes().asMap()).hasSize(2);
        assertThat(kept.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(kept.getEvents().getFirst().getAttributes().get(KeptSpan.EXCEPTION_TYPE))
                .isEqualTo("java.lang.IllegalArgumentException");
        assertThat(kept.getEvents().toString() + kept.getStatus()).doesNotContain("ada");
    }

    @Test
    void saysOnceThatTheStoreIsAwayAndOnceThatItIsBack(CapturedOutput output) {
        store.away(true);
        end(3);
        assertThat(output.getOut()).containsOnlyOnce("trace store away").doesNotContain("trace store back");

        store.away(false);
        end(2);
        assertThat(output.getOut()).containsOnlyOnce("trace store back");
        assertThat(store.spans()).hasSize(2);
    }

    private void end(int spans) {
        for (int i = 0; i < spans; i++) {
            tracer.spanBuilder("span").startSpan().end();
        }
    }
}
