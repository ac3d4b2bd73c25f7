package io.holdfast.journal.append;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import org.junit.jupiter.api.Test;

import io.holdfast.journal.record.StoredRecord;

class KeptTracesTest {

    private static final StoredRecord RECORD =
            new StoredRecord("journal.notes", "a user", Map.of("journal-id", "a note"), "{}");

    private final List<String> continued = new ArrayList<>();
    private final ObservationRegistry traced = ObservationRegistry.create();

    KeptTracesTest() {
        traced.observationConfig().observationHandler(new Tracer());
    }

    @Test
    void aKeptRecordIsSentInTheTraceItWasWrittenIn() {
        StoredRecord kept = new KeptTraces(traced).keep(RECORD);

        assertThat(kept.headers())
                .containsEntry("traceparent", "of the request")
                .containsAllEntriesOf(RECORD.headers());
        new KeptTraces(traced).sending(kept).observe(() -> {});
        assertThat(continued).containsExactly("of the request");
    }

    @Test
    void whatWasNotKeptIsSentInTheTraceThatIsUnderWay() {
        assertThat(new KeptTraces(traced).sending(RECORD).isNoop()).isTrue();
    }

    @Test
    void withoutATracerARecordIsKeptAsItIs() {
        assertThat(new KeptTraces(ObservationRegistry.NOOP).keep(RECORD)).isEqualTo(RECORD);
        assertThat(new KeptTraces(ObservationRegistry.create()).keep(RECORD)).isEqualTo(RECORD);
    }

    /** Does with the headers what a tracer does. */
    private final class Tracer implements ObservationHandler<Observation.Context> {

        @Override
        @SuppressWarnings("unchecked")
        public void onStart(Observation.Context context) {
            if (context instanceof SenderContext<?> sender) {
                SenderContext<Object> sending = (SenderContext<Object>) sender;
                sending.getSetter().set(sending.getCarrier(), "traceparent", "of the request");
            } else if (context instanceof ReceiverContext<?> receiver) {
                ReceiverContext<Object> receiving = (ReceiverContext<Object>) receiver;
                continued.add(receiving.getGetter().get(Objects.requireNonNull(receiving.getCarrier()), "traceparent"));
            }
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }
}
