package io.holdfast.local;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.holdfast.local.cache.CacheTraining;
import io.holdfast.local.cache.StartCaches;
import io.holdfast.local.client.Gateway;
import io.holdfast.local.process.PidFiles;
import io.holdfast.local.secret.Secrets;
import io.holdfast.local.supervision.PartStatus;
import io.holdfast.local.supervision.Supervisor;
import io.holdfast.local.topology.Addresses;
import io.holdfast.local.topology.Folders;
import io.holdfast.local.topology.Part;
import io.holdfast.local.topology.PlatformOptions;
import io.holdfast.local.topology.Topology;

/** One platform: its parts, their supervisor and the secrets they share. */
public final class Platform {
    private static final Duration GRACE_FOR_LEFTOVERS = Duration.ofSeconds(15);
    private static final Duration READY_BOUND = Duration.ofMinutes(5);

    private final Folders folders;
    private final PlatformOptions options;
    private final Secrets secrets;
    private final StartCaches caches;
    private final List<Part> parts;
    private final PidFiles pidFiles;
    private final Supervisor supervisor;

    private Platform(Folders folders, PlatformOptions options) {
        this.folders = folders;
        this.options = options;
        this.secrets = Secrets.loadOrCreate(folders.secrets());
        this.caches = new StartCaches(folders.home());
        this.parts = Topology.of(folders, options, secrets, caches);
        this.pidFiles = new PidFiles(folders.run());
        this.supervisor = new Supervisor(parts, pidFiles);
    }

    /**
     * Puts a platform together; nothing runs yet.
     *
     * @throws Complaint when it could not start: no jar, no JDK for Cassandra, a port taken, no room on the disk
     */
    public static Platform prepare(Folders folders, PlatformOptions options) {
        int left = new PidFiles(folders.run()).sweep(GRACE_FOR_LEFTOVERS);
        if (left > 0) {
            System.err.println("Stopped " + left + " processes that a killed launcher had left behind");
        }
        DataShape.check(folders, options);
        Platform platform = new Platform(folders, options);
        Preconditions.check(folders, platform.parts);
        DataShape.note(folders, options);
        return platform;
    }

    /** Starts everything; returns at once. */
    public void start() {
        supervisor.start();
    }

    /**
     * Waits until every process is ready and every instance is registered as UP behind the gateway.
     *
     * @return true when they are; false when the platform was stopped first
     * @throws Complaint when something died, or it took too long
     */
    public boolean awaitUp(Consumer<List<PartStatus>> progress) {
        return supervisor.awaitReady(READY_BOUND, progress)
                && new Registration(gateway(), expectedInstances()).await(READY_BOUND, () -> {
                    progress.accept(supervisor.status());
                    return !supervisor.isStopping();
                });
    }

    /** Stops everything, in the opposite order. Returns when no process is left. */
    public void stop() {
        supervisor.stop();
    }

    public Supervisor supervisor() {
        return supervisor;
    }

    public Secrets secrets() {
        return secrets;
    }

    public Folders folders() {
        return folders;
    }

    public URI gatewayAddress() {
        return URI.create("http://" + new Addresses(options).service("gateway", 1));
    }

    /** Contact points of the Cassandra cluster: {@code 127.0.0.1:9042,…}. */
    public String cassandraAddresses() {
        return new Addresses(options).cassandra();
    }

    /** Bootstrap servers of Kafka: {@code 127.0.0.1:9092,…}. */
    public String kafkaAddresses() {
        return new Addresses(options).kafka();
    }

    /** The gateway, entered as the operator. */
    public Gateway gateway() {
        return new Gateway(gatewayAddress(), secrets.operatorName(), secrets.operatorPassword());
    }

    /** Makes the caches that let the next start be faster; nothing begins yet. */
    public CacheTraining training() {
        Map<String, Map<String, String>> environments = new LinkedHashMap<>();
        for (Part part : parts) {
            Map<String, String> environment = part.launch().get().environment();
            if (environment.containsKey("HOLDFAST_INSTANCE")) {
                environments.putIfAbsent(part.service(), environment);
            }
        }
        return CacheTraining.of(caches, environments, pidFiles, folders.logOf("training"));
    }

    private Map<String, Long> expectedInstances() {
        return parts.stream()
                .filter(part -> Secrets.TOKEN_ISSUERS.contains(part.service()))
                .collect(groupingBy(Part::service, counting()));
    }
}
