package io.holdfast.failover.routing;

import java.util.Map;
import java.util.Objects;

import com.dynatrace.hash4j.hashing.Hashing;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/**
 * One instance of a service, with what routing needs of it read once and not at each choice.
 *
 * @param zone where it runs; null when it does not say
 * @param started when its process began, in milliseconds since 1970; the end of time when it does not say
 * @param hash of its id
 */
record Member(ServiceInstance server, String id, @Nullable String zone, long started, long hash, Standing standing) {

    static final String ZONE = "zone";
    static final String STARTED = "started";

    static Member of(ServiceInstance server, Standing standing) {
        Map<String, String> metadata = metadata(server);
        String id = idOf(server);
        return new Member(
                server,
                id,
                metadata.get(ZONE),
                millis(metadata.get(STARTED)),
                Hashing.xxh3_64().hashCharsToLong(id),
                standing);
    }

    /** Where it listens; also the gateway's load balancer, which forgets an instance's id, knows this. */
    static String addressOf(ServiceInstance server) {
        return server.getHost() + ":" + server.getPort();
    }

    private static String idOf(ServiceInstance server) {
        String id = server.getInstanceId();
        return id == null || id.isBlank() ? addressOf(server) : id;
    }

    private static long millis(@Nullable String started) {
        return started != null && started.matches("\\d{1,18}") ? Long.parseLong(started) : Long.MAX_VALUE;
    }

    private static Map<String, String> metadata(ServiceInstance server) {
        return Objects.requireNonNullElse(server.getMetadata(), Map.of());
    }

    /** Whether the registry still says the same. The registry's client makes new objects all the time. */
    @SuppressWarnings("ReferenceEquality") // a short cut; equals of the registry's instances ignores the metadata
    static boolean isSame(ServiceInstance before, ServiceInstance now) {
        return before == now
                || (before.getPort() == now.getPort()
                        && Objects.equals(before.getInstanceId(), now.getInstanceId())
                        && Objects.equals(before.getHost(), now.getHost())
                        && metadata(before).equals(metadata(now)));
    }

    boolean isUp() {
        return !standing.isEjected();
    }
}
