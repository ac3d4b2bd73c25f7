package io.holdfast.failover.bus;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.bus.event.EnvironmentChangeRemoteApplicationEvent;
import org.springframework.cloud.bus.event.RefreshRemoteApplicationEvent;
import org.springframework.cloud.bus.event.RemoteApplicationEvent;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events of the bus as JSON and back. The bus's own converter is not used: it reads with the mapper of the service's doors,
 * which is strict, and would refuse what another version of the bus adds.
 */
final class BusEvents {

    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .registerSubtypes(RefreshRemoteApplicationEvent.class, EnvironmentChangeRemoteApplicationEvent.class)
            .build();

    byte[] write(RemoteApplicationEvent event) {
        return json.writeValueAsBytes(event);
    }

    /** The event, or null when it is of a type this service does not know. */
    @Nullable
    RemoteApplicationEvent read(byte[] message) {
        try {
            return json.readValue(message, RemoteApplicationEvent.class);
        } catch (InvalidTypeIdException e) {
            return null;
        }
    }
}
