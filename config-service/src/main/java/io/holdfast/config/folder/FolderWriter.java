package io.holdfast.config.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Writes files so that nobody ever sees half of one: beside, to the disk, and then renamed. What is beside has a hidden
 * name, which is no configuration, and is overwritten by the next attempt should this one be killed.
 */
final class FolderWriter {

    private final Path folder;

    FolderWriter(Path folder) {
        this.folder = folder;
    }

    void change(SortedMap<String, byte[]> written, Set<String> removed) throws IOException {
        Map<Path, Path> renames = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> file : written.entrySet()) {
            Path target = inside(file.getKey());
            renames.put(beside(target, file.getValue()), target);
        }
        for (Map.Entry<Path, Path> rename : renames.entrySet()) {
            Files.move(rename.getKey(), rename.getValue(), StandardCopyOption.ATOMIC_MOVE);
        }
        for (String name : removed) {
            Files.deleteIfExists(inside(name));
        }
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    private Path inside(String name) {
        if (!ConfigFolder.takes(name)) {
            throw new IllegalArgumentException("not the name of a configuration file: " + name);
        }
        return folder.resolve(name);
    }

    private static Path beside(Path target, byte[] content) throws IOException {
        Path beside = target.resolveSibling("." + target.getFileName() + ".new");
        try (FileChannel file = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                file.write(rest);
            }
            file.force(true);
        }
        keepPermissions(target, beside);
        return beside;
    }

    /** A file that only its owner could read stays so. */
    private static void keepPermissions(Path target, Path beside) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
        if (view != null && Files.exists(target)) {
            view.setPermissions(Files.getPosixFilePermissions(target));
        }
    }
}
