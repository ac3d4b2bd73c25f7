package io.holdfast.failover.trace;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where spans go. While the store is away they are dropped; the log says so once, and once more when it is back. Called by
 * the one thread that exports, never by one that serves a request.
 */
final class TraceStore implements SpanExporter {

    private static final Logger log = LoggerFactory.getLogger(TraceStore.class);

    private final SpanExporter store;
    private final String instance;
    private final AtomicBoolean away = new AtomicBoolean();

    TraceStore(SpanExporter store, String instance) {
        this.store = store;
        this.instance = instance;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        List<SpanData> kept = spans.stream()
                .<SpanData>map(span -> new KeptSpan(span, instance))
                .toList();
        CompletableResultCode sending = store.export(kept);
        sending.whenComplete(() -> note(!sending.isSuccess()));
        return sending;
    }

    private void note(boolean failed) {
        if (away.compareAndSet(!failed, failed)) {
            log.info(failed ? "trace store away, traces are dropped" : "trace store back");
        }
    }

    @Override
    public CompletableResultCode flush() {
        return store.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return store.shutdown();
    }
}
