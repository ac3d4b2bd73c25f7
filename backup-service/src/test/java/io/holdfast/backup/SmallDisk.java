package io.holdfast.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A disk in memory, of a size that can be changed. Only root can make one. */
public final class SmallDisk implements AutoCloseable {
    private final Path path;

    /**
     * Makes one.
     *
     * @param path of a folder that is made
     * @param size as {@code mount} takes it
     */
    public SmallDisk(Path path, String size) throws IOException {
        this.path = Files.createDirectory(path);
        mount("-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString());
    }

    /** Whether this machine lets a test make one. */
    public static boolean isPossible() throws IOException {
        Path folder = Files.createTempDirectory("holdfast-small-disk");
        try (SmallDisk disk = new SmallDisk(folder.resolve("disk"), "1m")) {
            return disk.freeBytes() > 0;
        } catch (IOException refused) {
            return false;
        } finally {
            Files.deleteIfExists(folder.resolve("disk"));
            Files.delete(folder);
        }
    }

    public Path path() {
        return path;
    }

    public long freeBytes() throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    /** Gives it another size. */
    public void resize(String size) throws IOException {
        mount("-o", "remount,size=" + size, path.toString());
    }

    /** Forbids to write, from now on. */
    public void protect() throws IOException {
        mount("-o", "remount,ro", path.toString());
    }

    /** Fills it to the last byte. */
    public void fill() throws IOException {
        byte[] block = new byte[4096];
        for (int number = 0; freeBytes() > 0; number++) {
            Files.write(path.resolve("filler-" + number), block);
        }
    }

    @Override
    public void close() throws IOException {
        run(List.of("umount", path.toString()));
    }

    private static void mount(String... arguments) throws IOException {
        run(Stream.concat(Stream.of("mount"), Stream.of(arguments)).toList());
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("%s: %s".formatted(command, told));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while it waited for " + command, stop);
        }
    }
}
