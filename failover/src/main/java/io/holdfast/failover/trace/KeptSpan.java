package io.holdfast.failover.trace;

import java.util.List;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;

/**
 * A span as it leaves the service: with the instance it comes from, and of a failure only its type. Messages of exceptions
 * quote what was sent, such as the body of a refused request.
 */
final class KeptSpan extends DelegatingSpanData {

    static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("instance");
    static final AttributeKey<String> EXCEPTION_TYPE = AttributeKey.stringKey("exception.type");

    private final Attributes attributes;
    private final List<EventData> events;

    KeptSpan(SpanData span, String instance) {
        super(span);
        this.attributes =
                span.getAttributes().toBuilder().put(INSTANCE, instance).build();
        this.events = span.getEvents().stream().map(KeptSpan::typeOnly).toList();
    }

    private static EventData typeOnly(EventData event) {
        String type = event.getAttributes().get(EXCEPTION_TYPE);
        Attributes kept = type == null ? Attributes.empty() : Attributes.of(EXCEPTION_TYPE, type);
        return EventData.create(event.getEpochNanos(), event.getName(), kept);
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }

    @Override
    public List<EventData> getEvents() {
        return events;
    }

    @Override
    public StatusData getStatus() {
        return StatusData.create(super.getStatus().getStatusCode(), "");
    }
}
