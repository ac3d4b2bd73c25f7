package io.holdfast.failover.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/** A store that is there or away as a test says, and shows what it got. */
public final class StoreByHand implements SpanExporter {

    private final List<SpanData> spans = new ArrayList<>();
    private boolean away;

    void away(boolean now) {
        away = now;
    }

    public synchronized List<SpanData> spans() {
        return List.copyOf(spans);
    }

    @Override
    public synchronized CompletableResultCode export(Collection<SpanData> batch) {
        if (away) {
            return CompletableResultCode.ofFailure();
        }
        spans.addAll(batch);
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
