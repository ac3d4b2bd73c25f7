package io.holdfast.failover.bus;

import java.nio.charset.StandardCharsets;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The two spans of an event on the bus; the trace travels in the record's headers. */
record BusSpans(ObservationRegistry observations) {

    /** Not yet started. Whoever starts it puts the trace into the record. */
    Observation sending(ProducerRecord<byte[], byte[]> event) {
        SenderContext<Headers> context = new SenderContext<>(
                (headers, key, value) -> {
                    if (headers != null) {
                        headers.remove(key).add(key, value.getBytes(StandardCharsets.UTF_8));
                    }
                },
                Kind.PRODUCER);
        context.setCarrier(event.headers());
        context.setRemoteServiceName("kafka");
        return Observation.createNotStarted("holdfast.bus.send", () -> context, observations)
                .contextualName(event.topic() + " send");
    }

    /** Not yet started. */
    Observation receiving(ConsumerRecord<byte[], byte[]> event) {
        ReceiverContext<Headers> context = new ReceiverContext<>(BusSpans::valueOf, Kind.CONSUMER);
        context.setCarrier(event.headers());
        context.setRemoteServiceName("kafka");
        return Observation.createNotStarted("holdfast.bus.receive", () -> context, observations)
                .contextualName(event.topic() + " receive");
    }

    @SuppressWarnings("NullAway") // a header that is not there is null for Micrometer, whose Getter does not say so
    private static String valueOf(Headers headers, String key) {
        Header header = headers.lastHeader(key);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
