package io.holdfast.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.holdfast.local.fixture.LocalPlatform;
import io.holdfast.local.supervision.PartStatus;
import io.holdfast.local.topology.PlatformOptions;

/** The platform as {@code ./holdfast up} runs it. */
public record ProcessPlatform(LocalPlatform platform) implements RunningPlatform, AutoCloseable {

    public static ProcessPlatform start(PlatformOptions options) {
        return new ProcessPlatform(LocalPlatform.start(options));
    }

    @Override
    public URI gateway() {
        return platform.gateway();
    }

    @Override
    public String operatorName() {
        return platform.secrets().operatorName();
    }

    @Override
    public String operatorPassword() {
        return platform.secrets().operatorPassword();
    }

    @Override
    public Path config() {
        return platform.config();
    }

    @Override
    public List<InetSocketAddress> cassandra() {
        return Arrays.stream(platform.cassandra().split(",", -1))
                .map(address -> URI.create("cql://" + address))
                .map(node -> new InetSocketAddress(node.getHost(), node.getPort()))
                .toList();
    }

    @Override
    public List<String> parts() {
        return platform.status().stream().map(PartStatus::name).toList();
    }

    @Override
    public String logOf(String part) {
        try {
            return Files.readString(platform.logs().resolve(part + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void kill(String part) {
        platform.kill(part);
    }

    @Override
    public void start(String part) {
        platform.start(part);
    }

    /** Lets a part end, and returns when its next process is ready. */
    public void restart(String part) {
        platform.restart(part);
    }

    /** Sends a signal to a part's process: STOP lets it hang, CONT lets it go on. */
    public void signal(String part, String signal) {
        long pid = platform.status().stream()
                .filter(status -> status.name().equals(part))
                .findFirst()
                .orElseThrow()
                .pid();
        new Shell(platform.state(), Map.of())
                .run(Duration.ofSeconds(5), List.of("kill", "-" + signal, String.valueOf(pid)));
    }

    @Override
    public void close() {
        platform.close();
    }
}
