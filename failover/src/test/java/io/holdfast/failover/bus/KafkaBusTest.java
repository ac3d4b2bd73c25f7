package io.holdfast.failover.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import io.holdfast.failover.control.ControlPart;
import io.holdfast.failover.leaving.StopOrder;

class KafkaBusTest {

    private final KafkaBus bus = new KafkaBus(
            new BusTopic("127.0.0.1:1", "bus", (short) 1),
            new BusEvents(),
            event -> {},
            new BusSpans(ObservationRegistry.NOOP),
            new ControlPart(ControlPart.BUS, InstantSource.system()));

    @Test
    void isThereUntilTheLastRequestIsAnswered() {
        assertThat(bus.getPhase()).isEqualTo(StopOrder.AFTER_REQUESTS);
    }
}
