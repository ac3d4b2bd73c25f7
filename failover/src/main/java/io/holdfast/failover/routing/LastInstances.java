package io.holdfast.failover.routing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The instances of each service that this process called, as the registry listed them last, in a file: whom a process asks
 * that is started while no registry answers. Who of them is gone gives no answer and is ejected like anyone else.
 */
final class LastInstances {

    static final String NAME = "last-instances.json";

    private static final Logger log = LoggerFactory.getLogger(LastInstances.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One instance in the file. */
    record Kept(@Nullable String id, String host, int port, boolean secure, Map<String, String> metadata) {

        static Kept of(ServiceInstance server) {
            return new Kept(
                    server.getInstanceId(),
                    server.getHost(),
                    server.getPort(),
                    server.isSecure(),
                    Objects.requireNonNullElse(server.getMetadata(), Map.of()));
        }

        ServiceInstance of(String service) {
            return new DefaultServiceInstance(id, service, host, port, secure, metadata);
        }
    }

    private final @Nullable Path file;
    private final Map<String, List<Kept>> kept;

    /**
     * Reads the file, if there is one.
     *
     * @param folder what the process keeps between its starts; null when it keeps nothing
     */
    LastInstances(@Nullable Path folder) {
        this.file = folder == null ? null : folder.resolve(NAME);
        this.kept = read(file);
    }

    /** The instances of a service as they were last listed; none when it was never called. */
    synchronized List<ServiceInstance> of(String service) {
        return kept.getOrDefault(service, List.of()).stream()
                .map(instance -> instance.of(service))
                .toList();
    }

    /** Keeps these instead of those before. Returns at once: nobody's call waits for the disk. */
    void keep(String service, List<ServiceInstance> listed) {
        if (file != null) {
            List<Kept> now = listed.stream().map(Kept::of).toList();
            Thread.ofVirtual().name("last-instances").start(() -> write(file, service, now));
        }
    }

    private synchronized void write(Path target, String service, List<Kept> now) {
        if (now.equals(kept.put(service, now))) {
            return;
        }
        Path beside = target.resolveSibling(NAME + ".new");
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            Files.write(beside, JSON.writeValueAsBytes(kept));
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException full) {
            log.warn("last_instances_not_kept file={} reason={}", target, full.toString());
        }
    }

    private static Map<String, List<Kept>> read(@Nullable Path file) {
        if (file == null || !Files.exists(file)) {
            return new TreeMap<>();
        }
        try {
            return new TreeMap<>(
                    JSON.readValue(Files.readAllBytes(file), new TypeReference<Map<String, List<Kept>>>() {}));
        } catch (IOException | JacksonException unreadable) {
            log.warn("last_instances_not_readable file={} reason={}", file, unreadable.toString());
            return new TreeMap<>();
        }
    }
}
