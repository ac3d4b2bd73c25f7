package io.holdfast.local.supervision;

import java.time.Instant;
import java.util.List;

/**
 * A part as it is now.
 *
 * @param endpoints {@code 127.0.0.1:8080}, the one it is known by first
 * @param pid of its process, 0 when it has none
 * @param since when it came into this state
 * @param restarts how often it was started again after it had died
 * @param log the file with its output
 */
public record PartStatus(
        String name,
        String service,
        PartState state,
        List<String> endpoints,
        long pid,
        Instant since,
        int restarts,
        String log) {}
