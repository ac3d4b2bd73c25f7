package io.holdfast.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs other programs and takes what they print.
 *
 * @param environment added to this process's own
 */
public record Shell(Path folder, Map<String, String> environment) {

    /** {@code docker compose} where the plugin is there, else the older {@code docker-compose}. */
    List<String> composeCommand() {
        List<String> plugin = List.of("docker", "compose");
        try {
            run(Duration.ofSeconds(10), List.of("docker", "compose", "version"));
            return plugin;
        } catch (IllegalStateException noPlugin) {
            return List.of("docker-compose");
        }
    }

    /**
     * Runs a command to its end.
     *
     * @return all it printed, without the last line end
     * @throws IllegalStateException when it fails or takes too long, with what it printed last
     */
    public String run(Duration bound, List<String> command) {
        try {
            Path output = Files.createTempFile("command-", ".out");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                boolean ended = process.waitFor(bound.toSeconds(), TimeUnit.SECONDS);
                String printed =
                        Files.readString(output, StandardCharsets.UTF_8).stripTrailing();
                if (!ended || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new IllegalStateException(String.join(" ", command)
                            + (ended ? " failed: " : " took too long: ")
                            + printed.substring(Math.max(0, printed.length() - 2000)));
                }
                return printed;
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
