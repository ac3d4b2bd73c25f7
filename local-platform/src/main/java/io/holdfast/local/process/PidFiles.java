package io.holdfast.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** One file per running process, so that whoever comes after a killed launcher finds and ends what it left. */
public final class PidFiles {
    private static final String SUFFIX = ".pid";

    private final Path folder;

    public PidFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes down what was just started. What cannot be written down is ended, for it could outlive its launcher. */
    public void write(String name, ChildProcess started) {
        try {
            write(name, started.identity());
        } catch (UncheckedIOException notWritten) {
            started.kill();
            throw notWritten;
        }
    }

    void write(String name, ProcessIdentity identity) {
        try {
            Files.createDirectories(folder);
            Files.writeString(file(name), identity + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void delete(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The processes written down that still live, by name. */
    public Map<String, ProcessIdentity> living() {
        Map<String, ProcessIdentity> found = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .forEach(file -> read(file)
                            .filter(ProcessIdentity::isAlive)
                            .ifPresent(identity -> found.put(nameOf(file), identity)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /**
     * Ends every process written down, the youngest first: SIGTERM, and SIGKILL after {@code grace}.
     *
     * @return how many there were
     */
    public int sweep(Duration grace) {
        Map<String, ProcessIdentity> left = living();
        left.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().started()))
                .forEach(entry -> entry.getValue().handle().ifPresent(handle -> end(entry.getValue(), handle, grace)));
        left.keySet().forEach(this::delete);
        return left.size();
    }

    private static void end(ProcessIdentity identity, ProcessHandle handle, Duration grace) {
        Tools.signal("CONT", identity);
        handle.destroy();
        try {
            handle.onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooSlow) {
            handle.destroyForcibly();
            handle.onExit().join();
        } catch (InterruptedException e) {
            handle.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("Cannot wait for process " + handle.pid(), e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private static Optional<ProcessIdentity> read(Path file) {
        try {
            return ProcessIdentity.parse(Files.readString(file));
        } catch (IOException goneMeanwhile) {
            return Optional.empty();
        }
    }
}
