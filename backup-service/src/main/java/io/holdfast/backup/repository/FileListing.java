package io.holdfast.backup.repository;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Gathers files; what another process removes meanwhile is not there. */
final class FileListing extends SimpleFileVisitor<Path> {
    private final List<Path> files = new ArrayList<>();

    private FileListing() {}

    /** The files below a folder, at any depth. */
    static List<Path> of(Path folder) throws IOException {
        FileListing listing = new FileListing();
        Files.walkFileTree(folder, listing);
        return listing.files;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            files.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
        if (failed instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failed;
    }
}
