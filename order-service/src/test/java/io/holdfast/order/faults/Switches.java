package io.holdfast.order.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.order.OrderStatus;

/**
 * What is switched on: the files in a folder, looked at each time.
 *
 * @param folder may be missing, and then nothing is
 */
record Switches(Path folder) {

    private static final Logger LOG = LoggerFactory.getLogger(Switches.class);
    private static final int AS_IF_KILLED = 137;

    boolean isOn(String mutation) {
        return Files.exists(folder.resolve(mutation));
    }

    /**
     * Ends this JVM at once when the point is switched on ({@code after-journal}), or the point for orders of this one's status
     * ({@code after-journal@CONFIRMED}); and switches it off before, so that it happens once.
     */
    void reached(String point, UUID order, OrderStatus status) {
        endIfOn(point, order, status);
        endIfOn(point + "@" + status, order, status);
    }

    private void endIfOn(String point, UUID order, OrderStatus status) {
        try {
            if (Files.deleteIfExists(folder.resolve(point))) {
                LOG.warn("crash_point name={} order={} status={}", point, order, status);
                Runtime.getRuntime().halt(AS_IF_KILLED);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
