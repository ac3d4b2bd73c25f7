package io.holdfast.local.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files of the cache folder. */
final class CacheFiles {
    private CacheFiles() {}

    /** Gives what is whole its name. */
    static void move(Path made, Path name) {
        try {
            Files.move(made, name, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a folder that is whole its name, or deletes it when another one has the name; says whether it has it now. */
    static boolean moveIfAbsent(Path made, Path name) {
        try {
            Files.move(made, name, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileSystemException e) {
            if (!Files.isDirectory(name)) {
                throw new UncheckedIOException(e);
            }
            delete(made);
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes it with all in it; without effect when it is not there. */
    static void delete(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException nothingThere) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a folder with nothing in it; what was in it is deleted. */
    static Path emptied(Path folder) {
        delete(folder);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #delete}, for what is only in the way: another process may be deleting it, too, and the next one tries again. */
    static void deleteIfPossible(Path path) {
        try {
            delete(path);
        } catch (UncheckedIOException stays) {
            System.err.println("Not deleted, and not needed any more: " + path + " (" + stays.getMessage() + ")");
        }
    }

    /** Deletes what was made for earlier contents: {@code NAME-KEY…} other than {@code current}. */
    static void deleteOthers(Path folder, String name, Path current) {
        madeFor(folder, name, "(\\.\\w+)?").stream()
                .filter(file -> !file.equals(current))
                .forEach(CacheFiles::delete);
    }

    /** The folders {@code NAME-KEY} of a service, and those that are not whole yet. */
    static List<Path> layouts(Path folder, String name) {
        return madeFor(folder, name, "(\\.unpacked-.*)?");
    }

    static Instant lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void modify(Path file, Instant now) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(now));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> madeFor(Path folder, String name, String suffix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name + "-[0-9a-f]{16}" + suffix))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
