package io.holdfast.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.holdfast.local.Home;
import io.holdfast.local.secret.Secrets;
import io.holdfast.local.server.Ports;

/**
 * The platform as the project's own compose file runs it, under a name and on ports of its own. Images are built, or
 * pulled, as the environment says (see the variables in {@code docker-compose.yml}).
 */
public final class ComposePlatform implements RunningPlatform, AutoCloseable {

    private static final Duration START_BOUND = Duration.ofMinutes(20);
    private static final Duration HEALTHY_BOUND = Duration.ofMinutes(3);
    private static final Duration COMMAND_BOUND = Duration.ofMinutes(2);

    private final Path folder;
    private final int port;
    private final Shell shell;
    private final List<String> compose;

    private ComposePlatform(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        this.shell = new Shell(
                Home.find().root(),
                Map.of(
                        "HOLDFAST_STATE", folder.resolve("state").toString(),
                        "HOLDFAST_CONFIG", folder.resolve("config").toString(),
                        "HOLDFAST_PORT", Integer.toString(port)));
        this.compose = new ArrayList<>(shell.composeCommand());
        compose.addAll(List.of("-p", "holdfast-test-" + ProcessHandle.current().pid()));
    }

    /** Starts it and returns when every container is healthy. */
    public static ComposePlatform start() {
        ComposePlatform platform =
                new ComposePlatform(copyOfConfig(), Ports.free(1).getFirst());
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "end-test-containers"));
        platform.compose(START_BOUND, "up", "-d");
        platform.parts().forEach(platform::awaitHealthy);
        return platform;
    }

    @Override
    public URI gateway() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public String operatorName() {
        return secrets().operatorName();
    }

    @Override
    public String operatorPassword() {
        return secrets().operatorPassword();
    }

    private Secrets secrets() {
        return Secrets.load(folder.resolve("state/secrets.properties"));
    }

    @Override
    public Path config() {
        return folder.resolve("config");
    }

    /** Inside the containers' network, which this machine can reach where Docker runs on it. */
    @Override
    public List<InetSocketAddress> cassandra() {
        String address =
                docker("inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", id("cassandra-1"));
        return List.of(new InetSocketAddress(address, 9042));
    }

    /** All that keep running: not the one-shot that makes the secrets. */
    @Override
    public List<String> parts() {
        return compose(COMMAND_BOUND, "ps", "--services")
                .lines()
                .filter(service -> service.matches(".*-\\d+"))
                .filter(service -> !id(service).isEmpty())
                .sorted()
                .toList();
    }

    @Override
    public String logOf(String part) {
        return docker("logs", id(part));
    }

    @Override
    public void kill(String part) {
        docker("kill", id(part));
    }

    @Override
    public void start(String part) {
        docker("start", id(part));
        awaitHealthy(part);
    }

    /** Stops and removes every container, network and volume of this platform. */
    @Override
    public void close() {
        compose(COMMAND_BOUND, "down", "--volumes", "--timeout", "5");
    }

    /** Bytes of memory each container uses, by its name. */
    public Map<String, String> memory() {
        Map<String, String> memory = new java.util.TreeMap<>();
        for (String part : parts()) {
            memory.put(part, docker("stats", "--no-stream", "--format", "{{.MemUsage}}", id(part)));
        }
        return memory;
    }

    private void awaitHealthy(String part) {
        String id = id(part);
        org.awaitility.Awaitility.await(part + " is healthy")
                .atMost(HEALTHY_BOUND)
                .pollInterval(Duration.ofMillis(500))
                .until(() ->
                        docker("inspect", "-f", "{{.State.Health.Status}}", id).equals("healthy"));
    }

    private String id(String part) {
        return compose(COMMAND_BOUND, "ps", "-a", "-q", part).strip();
    }

    private String compose(Duration bound, String... arguments) {
        return shell.run(
                bound, Stream.concat(compose.stream(), Stream.of(arguments)).toList());
    }

    private String docker(String... arguments) {
        return shell.run(
                COMMAND_BOUND,
                Stream.concat(Stream.of("docker"), Stream.of(arguments)).toList());
    }

    private static Path copyOfConfig() {
        try {
            Path folder = Files.createTempDirectory("holdfast-compose-");
            Path source = Home.find().config();
            Files.createDirectories(folder.resolve("config"));
            try (Stream<Path> files = Files.list(source)) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve("config").resolve(file.getFileName()));
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
