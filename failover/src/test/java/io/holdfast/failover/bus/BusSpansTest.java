package io.holdfast.failover.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class BusSpansTest {

    private final List<String> received = new ArrayList<>();
    private final ObservationRegistry observations = ObservationRegistry.create();
    private final BusSpans spans = new BusSpans(observations);

    @Test
    void theTraceTravelsInTheHeadersAndWhatWasThereBeforeIsReplaced() {
        observations.observationConfig().observationHandler(new Propagation());
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>("bus", new byte[0]);
        sent.headers().add("traceparent", "of an earlier attempt".getBytes(StandardCharsets.UTF_8));

        spans.sending(sent).observe(() -> assertThat(sent.headers()).hasSize(1));
        spans.receiving(asReceived(sent)).observe(() -> {});

        assertThat(received).containsExactly("of this attempt");
    }

    @Test
    void aMessageOfASenderWithoutTracesIsTakenToo() {
        observations.observationConfig().observationHandler(new Propagation());
        List<String> handled = new ArrayList<>();

        spans.receiving(asReceived(new ProducerRecord<>("bus", new byte[0]))).observe(() -> {
            handled.add("event");
        });

        assertThat(handled).containsExactly("event");
        assertThat(received).containsExactly("null");
    }

    private static ConsumerRecord<byte[], byte[]> asReceived(ProducerRecord<byte[], byte[]> sent) {
        return new ConsumerRecord<>(
                "bus",
                0,
                0L,
                0L,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                sent.value(),
                sent.headers(),
                java.util.Optional.empty());
    }

    /** Does with the headers what a tracer does. */
    private final class Propagation implements ObservationHandler<Observation.Context> {

        @Override
        @SuppressWarnings("unchecked")
        public void onStart(Observation.Context context) {
            if (context instanceof SenderContext<?> sender) {
                SenderContext<Object> sending = (SenderContext<Object>) sender;
                sending.getSetter().set(sending.getCarrier(), "traceparent", "of this attempt");
            } else if (context instanceof ReceiverContext<?> receiver) {
                ReceiverContext<Object> receiving = (ReceiverContext<Object>) receiver;
                received.add(String.valueOf(
                        receiving.getGetter().get(Objects.requireNonNull(receiving.getCarrier()), "traceparent")));
            }
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }
}
