package io.holdfast.local.topology;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.holdfast.local.process.Launch;

/**
 * One process of the platform.
 *
 * @param name unique: {@code order-service-1}
 * @param service what it is one of: {@code order-service}
 * @param endpoints where it listens; the first is the one it is known by
 * @param needs services it uses while it runs: it is stopped before them
 * @param waitsFor services that must be ready before it is started
 * @param preparation run to its end before a start; empty when there is nothing to prepare
 * @param launch how to start it; asked at each start
 * @param probe whether it is ready
 * @param log takes its output
 * @param yielding whether it waits for the others, but not for long, once it is ready
 */
public record Part(
        String name,
        String service,
        List<Endpoint> endpoints,
        List<String> needs,
        List<String> waitsFor,
        Supplier<Optional<Launch>> preparation,
        Supplier<Launch> launch,
        Probe probe,
        Path log,
        boolean yielding) {
    public Part {
        endpoints = List.copyOf(endpoints);
        needs = List.copyOf(needs);
        waitsFor = List.copyOf(waitsFor);
    }
}
