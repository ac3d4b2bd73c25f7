package io.holdfast.journal.append;

import java.util.LinkedHashMap;
import java.util.Map;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;

import io.holdfast.journal.record.StoredRecord;

/** A record that waits in an outbox keeps the trace of the request it was written for, and is sent in it later, by whatever instance. */
record KeptTraces(ObservationRegistry observations) {

    /** The record with the present trace in its headers, or a new one; as it is when nothing is traced. */
    StoredRecord keep(StoredRecord record) {
        Map<String, String> headers = new LinkedHashMap<>(record.headers());
        SenderContext<Map<String, String>> context = new SenderContext<>(
                (carrier, name, text) -> {
                    if (carrier != null) {
                        carrier.put(name, text);
                    }
                },
                Kind.PRODUCER);
        context.setCarrier(headers);
        Observation.createNotStarted("holdfast.journal.keep", () -> context, observations)
                .contextualName(record.topic() + " keep")
                .observe(() -> {});
        return new StoredRecord(record.topic(), record.key(), headers, record.value());
    }

    /** What to send a record within; nothing for one that has not been kept. Not yet started. */
    Observation sending(StoredRecord record) {
        if (!record.isTraced()) {
            return Observation.NOOP;
        }
        ReceiverContext<Map<String, String>> context = new ReceiverContext<>(KeptTraces::header, Kind.CONSUMER);
        context.setCarrier(record.headers());
        return Observation.createNotStarted("holdfast.journal.relay", () -> context, observations)
                .contextualName(record.topic() + " relay");
    }

    @SuppressWarnings("NullAway") // a header that is not there is null for Micrometer, whose Getter does not say so
    private static String header(Map<String, String> headers, String name) {
        return headers.get(name);
    }
}
