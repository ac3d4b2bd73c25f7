package io.holdfast.local.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    /** Deletes what was made for earlier contents: {@code NAME-KEY…} other than {@code current}. */
    static void deleteOthers(Path folder, String name, Path current) {
        List<Path> old;
        try (Stream<Path> files = Files.list(folder)) {
            old = files.filter(file -> file.getFileName().toString().matches(name + "-[0-9a-f]{16}(\\.\\w+)?"))
                    .filter(file -> !file.equals(current))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        old.forEach(CacheFiles::delete);
    }
}
