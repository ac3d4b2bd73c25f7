package io.holdfast.failover.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.bus.event.PathDestinationFactory;
import org.springframework.cloud.bus.event.RefreshRemoteApplicationEvent;
import org.springframework.cloud.bus.event.RemoteApplicationEvent;

class BusEventsTest {

    private final BusEvents events = new BusEvents();

    @Test
    void readsWhatItWrote() {
        RemoteApplicationEvent event = new RefreshRemoteApplicationEvent(
                this, "config-service:8888:x", new PathDestinationFactory().getDestination(null));

        RemoteApplicationEvent read = events.read(events.write(event));

        assertThat(read).isInstanceOf(RefreshRemoteApplicationEvent.class).isEqualTo(event);
        assertThat(read)
                .extracting(RemoteApplicationEvent::getDestinationService)
                .isEqualTo("**");
    }

    @Test
    void understandsAnEventWithFieldsItDoesNotKnow() {
        assertThat(read("""
                {"type": "RefreshRemoteApplicationEvent", "originService": "a", "destinationService": "**", "id": "1", "new": 1}
                """)).isInstanceOf(RefreshRemoteApplicationEvent.class);
    }

    @Test
    void passesOverAnEventOfAnUnknownType() {
        assertThat(read("""
                {"type": "FutureRemoteApplicationEvent", "originService": "a"}
                """)).isNull();
    }

    private @Nullable RemoteApplicationEvent read(String json) {
        return events.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
