package io.holdfast.backup.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Blobs as files of one local folder. A file is written under a temporary name in {@code tmp/}, synced, and only then
 * linked to its name, which fails when the name is taken; then the folder is synced. What a crash leaves in {@code
 * tmp/} is never read.
 */
public final class FolderBlobStore implements BlobStore {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+(?:[./][a-z0-9-]+)*");
    private static final String TEMPORARY = "tmp";

    private final Path root;

    public FolderBlobStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public boolean create(String name, ByteBuffer content) {
        return io("create", name, () -> {
            Path target = path(name);
            Path folder = folderOf(target);
            Path temporary = writeTemporary(content);
            try {
                Files.createLink(target, temporary);
                return true;
            } catch (FileAlreadyExistsException taken) {
                return false;
            } finally {
                Files.deleteIfExists(temporary);
                // Also for a loser: the winner may have linked its file but not yet made the name durable.
                syncFolder(folder);
            }
        });
    }

    @Override
    public void replace(String name, ByteBuffer content) {
        io("replace", name, () -> {
            Path target = path(name);
            Path folder = folderOf(target);
            Path temporary = writeTemporary(content);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder(folder);
            return true;
        });
    }

    @Override
    public ByteBuffer read(String name) {
        return io("read", name, () -> {
            try {
                return ByteBuffer.wrap(Files.readAllBytes(path(name))).asReadOnlyBuffer();
            } catch (NoSuchFileException missing) {
                throw new NoSuchBlobException(name, missing);
            }
        });
    }

    @Override
    public OptionalLong size(String name) {
        return io("look at", name, () -> {
            try {
                return OptionalLong.of(Files.size(path(name)));
            } catch (NoSuchFileException missing) {
                return OptionalLong.empty();
            }
        });
    }

    @Override
    public List<String> list(String folder) {
        return io("list", folder, () -> {
            Path start = path(folder);
            if (!Files.isDirectory(start)) {
                return List.of();
            }
            try (Stream<Path> files = Files.walk(start)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> root.relativize(file).toString().replace('\\', '/'))
                        .sorted()
                        .toList();
            }
        });
    }

    @Override
    public boolean delete(String name) {
        return io("delete", name, () -> {
            Path target = path(name);
            boolean deleted = Files.deleteIfExists(target);
            if (deleted) {
                syncFolder(folderOf(target));
            }
            return deleted;
        });
    }

    @Override
    public String toString() {
        return root.toString();
    }

    private Path path(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not the name of a blob: " + name);
        }
        return root.resolve(name);
    }

    private Path writeTemporary(ByteBuffer content) throws IOException {
        Path folder = root.resolve(TEMPORARY);
        makeFolder(folder);
        Path temporary = folder.resolve(UUID.randomUUID().toString());
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = content.duplicate();
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
            return temporary;
        } catch (IOException failed) {
            Files.deleteIfExists(temporary);
            throw failed;
        }
    }

    private Path folderOf(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IOException("No folder holds " + file);
        }
        makeFolder(folder);
        return folder;
    }

    /** Makes a folder and those above it, each one durable in the one that holds it. */
    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path above = folder.getParent();
        if (above != null) {
            makeFolder(above);
        }
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            if (!Files.isDirectory(folder)) {
                throw madeMeanwhile;
            }
        }
        if (above != null) {
            syncFolder(above);
        }
    }

    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private <T> T io(String verb, String name, Operation<T> operation) {
        try {
            return operation.run();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot %s %s in %s".formatted(verb, name, root), failed);
        }
    }

    /** One access to the disk. */
    private interface Operation<T> {
        T run() throws IOException;
    }
}
