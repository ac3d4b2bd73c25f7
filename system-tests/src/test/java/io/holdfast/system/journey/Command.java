package io.holdfast.system.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.holdfast.local.Home;

/** {@code ./holdfast} in a folder of its own, with the jars of this project. */
final class Command {
    private static final Set<String> NOT_SHARED = Set.of(".git", ".holdfast", "config", "holdfast", "target");

    private final Path home;

    private Command(Path home) {
        this.home = home;
    }

    static Command in(Path home) throws IOException {
        Path project = Home.find().root();
        try (Stream<Path> entries = Files.list(project)) {
            for (Path entry : entries.toList()) {
                if (!NOT_SHARED.contains(entry.getFileName().toString())) {
                    Files.createSymbolicLink(home.resolve(entry.getFileName()), entry.toAbsolutePath());
                }
            }
        }
        Files.copy(project.resolve("holdfast"), home.resolve("holdfast"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectory(home.resolve("config"));
        try (Stream<Path> files = Files.list(project.resolve("config"))) {
            for (Path file : files.toList()) {
                Files.copy(file, home.resolve("config").resolve(file.getFileName()));
            }
        }
        // Says that the jars are as new as the sources.
        Files.createFile(Files.createDirectory(home.resolve(".holdfast")).resolve("built"));
        return new Command(home);
    }

    Path state() {
        return home.resolve(".holdfast");
    }

    /** All lines of all logs. */
    List<String> logged() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> logs = Files.list(state().resolve("logs"))) {
            for (Path log : logs.toList()) {
                Files.readAllLines(log).forEach(line -> lines.add(log.getFileName() + ": " + line));
            }
        }
        return lines;
    }

    /** Starts a command that stays. */
    Running start(String... arguments) throws IOException {
        Path output = Files.createTempFile(home, "command-", ".out");
        List<String> command = new ArrayList<>(List.of(home.resolve("holdfast").toString()));
        command.addAll(List.of(arguments));
        return new Running(
                new ProcessBuilder(command)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** Runs a command to its end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).end();
    }

    /** A command that runs; the script has become the launcher, so its process is the launcher's. */
    record Running(Process process, Path output) {

        String said() throws IOException {
            return Files.readString(output, UTF_8);
        }

        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }

        Ended end() throws IOException, InterruptedException {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(said()).isTrue();
            return new Ended(process.exitValue(), said());
        }
    }

    /** How a command ended, and all that it said. */
    record Ended(int code, String said) {}
}
