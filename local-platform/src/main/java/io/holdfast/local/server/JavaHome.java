package io.holdfast.local.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.holdfast.local.Complaint;
import io.holdfast.local.process.Tools;

/**
 * A Java installation.
 *
 * @param folder its JAVA_HOME
 * @param feature its feature release, e.g. 17
 * @param version in full, e.g. 17.0.15
 */
public record JavaHome(Path folder, int feature, String version) {
    /** Names the Java installation for Cassandra, instead of all that would be found. */
    public static final String FOR_CASSANDRA = "HOLDFAST_CASSANDRA_JAVA_HOME";

    private static final List<Integer> CASSANDRA_RUNS_ON = List.of(17, 11);

    /** The one this JVM runs on. */
    public static JavaHome current() {
        Runtime.Version version = Runtime.version();
        return new JavaHome(Path.of(System.getProperty("java.home")), version.feature(), version.toString());
    }

    /** One that Cassandra 5 starts on: 17, else 11. */
    public static JavaHome forCassandra() {
        String named = System.getenv(FOR_CASSANDRA);
        return named == null || named.isBlank() ? forCassandra(candidates()) : named(Path.of(named));
    }

    static JavaHome named(Path folder) {
        return read(folder)
                .filter(java -> CASSANDRA_RUNS_ON.contains(java.feature()))
                .orElseThrow(() -> new Complaint(FOR_CASSANDRA + " names " + folder
                        + ", which is no JDK 17 or 11: name the folder of one, or unset it"));
    }

    static JavaHome forCassandra(List<Path> candidates) {
        List<JavaHome> installed = candidates.stream()
                .map(JavaHome::read)
                .flatMap(Optional::stream)
                .toList();
        return CASSANDRA_RUNS_ON.stream()
                .flatMap(wanted -> installed.stream().filter(java -> java.feature() == wanted))
                .findFirst()
                .orElseThrow(() -> new Complaint("Cassandra 5 needs a JDK 17 (or 11) and none was found: install one"
                        + " (Debian, Ubuntu: apt install openjdk-17-jdk-headless) or name it in " + FOR_CASSANDRA
                        + "; or run everything in Docker with docker compose up"));
    }

    public Path java() {
        return folder.resolve("bin/java");
    }

    /** The installation in this folder; empty when there is none that can be started. */
    static Optional<JavaHome> read(Path folder) {
        Path release = folder.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(folder.resolve("bin/java"))) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
        String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
        String[] parts = version.split("\\.", -1);
        try {
            return Optional.of(new JavaHome(folder, Integer.parseInt(parts[0]), version));
        } catch (NumberFormatException notAVersion) {
            return Optional.empty();
        }
    }

    private static List<Path> candidates() {
        List<Path> found = new ArrayList<>();
        add(found, System.getenv("JAVA_HOME"));
        Tools.find("java").flatMap(JavaHome::homeOf).ifPresent(found::add);
        String user = System.getProperty("user.home");
        for (String parent : List.of(
                "/usr/lib/jvm",
                "/opt",
                "/opt/java",
                user + "/.sdkman/candidates/java",
                user + "/.jdks",
                user + "/.asdf/installs/java")) {
            found.addAll(foldersIn(Path.of(parent)));
        }
        foldersIn(Path.of("/Library/Java/JavaVirtualMachines"))
                .forEach(bundle -> found.add(bundle.resolve("Contents/Home")));
        return found;
    }

    private static void add(List<Path> found, @Nullable String folder) {
        if (folder != null && !folder.isBlank()) {
            found.add(Path.of(folder));
        }
    }

    private static Optional<Path> homeOf(Path java) {
        try {
            Path bin = java.toRealPath().getParent();
            return Optional.ofNullable(bin == null ? null : bin.getParent());
        } catch (IOException danglingLink) {
            return Optional.empty();
        }
    }

    private static List<Path> foldersIn(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.sorted().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
