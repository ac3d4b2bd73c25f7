package io.holdfast.local.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What is unpacked of a runnable jar. */
final class LayoutContents {
    private static final String LIBRARIES = "BOOT-INF/lib/";

    private LayoutContents() {}

    /** Whether every library is there in its size: a machine that lost its power may have lost what it had just written. */
    static boolean areWhole(Path layout, String service, Path jar) {
        if (!Files.isRegularFile(layout.resolve(service + ".jar"))) {
            return false;
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .filter(entry -> entry.getName().startsWith(LIBRARIES)
                            && entry.getName().endsWith(".jar"))
                    .allMatch(entry -> isIn(layout.resolve("lib"), entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isIn(Path libraries, ZipEntry entry) {
        Path library = libraries.resolve(entry.getName().substring(LIBRARIES.length()));
        try {
            return Files.isRegularFile(library) && Files.size(library) == entry.getSize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
