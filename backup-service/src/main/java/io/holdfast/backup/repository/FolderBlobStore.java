package io.holdfast.backup.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Blobs as files of one local folder. A file is written under a temporary name in {@code tmp/}, synced, and only then
 * linked to its name, which fails when the name is taken; then the folder is synced. What a crash leaves in {@code
 * tmp/} is never read.
 */
public final class FolderBlobStore implements BlobStore {
    private static final String TEMPORARY = "tmp";

    /** Takes room that is given up for removals: an entry in the audit log, the mark of a collector. */
    private static final String SPARE = "spare";

    private static final int SPARE_BYTES = 1024 * 1024;

    /** A write takes no longer, so what is older in {@code tmp/} was left by a crash. */
    private static final Duration LONGEST_WRITE = Duration.ofHours(1);

    private final Path root;
    private final Disk disk;
    private final InstantSource clock;
    private final int spareBytes;
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    public FolderBlobStore(Path root) {
        this(root, new LocalDisk(), InstantSource.system(), SPARE_BYTES);
    }

    FolderBlobStore(Path root, Disk disk, InstantSource clock, int spareBytes) {
        this.root = root.toAbsolutePath().normalize();
        this.disk = disk;
        this.clock = clock;
        this.spareBytes = spareBytes;
    }

    @Override
    public boolean create(String name, ByteBuffer content) {
        return io("create", name, () -> {
            Path target = path(name);
            Path folder = folderOf(target);
            if (Files.exists(target)) {
                disk.syncFolder(folder);
                return false;
            }
            Path temporary = writeTemporary(content);
            try {
                disk.link(target, temporary);
                return true;
            } catch (FileAlreadyExistsException taken) {
                return false;
            } finally {
                disk.delete(temporary);
                // Also for a loser: the winner may have linked its file but not yet made the name durable.
                disk.syncFolder(folder);
            }
        });
    }

    @Override
    public void replace(String name, ByteBuffer content) {
        io("replace", name, () -> {
            Path target = path(name);
            Path folder = folderOf(target);
            Path temporary = writeTemporary(content);
            try {
                disk.rename(temporary, target);
            } catch (IOException failed) {
                disk.delete(temporary);
                throw failed;
            }
            disk.syncFolder(folder);
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
            return FileListing.of(path(folder)).stream()
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(BlobNames::isOne)
                    .sorted()
                    .toList();
        });
    }

    @Override
    public boolean delete(String name) {
        return io("delete", name, () -> {
            Path target = path(name);
            boolean deleted = disk.delete(target);
            // Also when there is none: another may have taken the name away but not yet durably.
            settleFolderOf(target);
            return deleted;
        });
    }

    @Override
    public void settle(String name) {
        io("settle", name, () -> {
            settleFolderOf(path(name));
            return true;
        });
    }

    @Override
    public int sweep() {
        return io("sweep", TEMPORARY, () -> {
            Instant oldest = clock.instant().minus(LONGEST_WRITE);
            int swept = 0;
            for (String name : list(TEMPORARY)) {
                Path file = path(name);
                if (isOlder(file, oldest) && disk.delete(file)) {
                    swept++;
                }
            }
            return swept;
        });
    }

    @Override
    public void keepRoom() {
        if (size(SPARE).isEmpty()) {
            byte[] incompressible = new byte[spareBytes];
            ThreadLocalRandom.current().nextBytes(incompressible);
            create(SPARE, ByteBuffer.wrap(incompressible));
        }
    }

    @Override
    public boolean freeRoom() {
        return delete(SPARE);
    }

    @Override
    public OptionalLong usableBytes() {
        return io("look for space in", root.toString(), () -> {
            Path there = root;
            while (!Files.exists(there)) {
                there = above(there);
            }
            return OptionalLong.of(Files.getFileStore(there).getUsableSpace());
        });
    }

    @Override
    public String toString() {
        return root.toString();
    }

    private Path path(String name) {
        if (!BlobNames.isOne(name)) {
            throw new IllegalArgumentException("Not the name of a blob: " + name);
        }
        return root.resolve(name);
    }

    private Path writeTemporary(ByteBuffer content) throws IOException {
        Path folder = root.resolve(TEMPORARY);
        makeFolder(folder);
        Path temporary = folder.resolve(UUID.randomUUID().toString());
        try (Disk.NewFile file = disk.create(temporary)) {
            file.write(content);
            file.sync();
            return temporary;
        } catch (IOException failed) {
            disk.delete(temporary);
            throw failed;
        }
    }

    private static boolean isOlder(Path file, Instant limit) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(limit);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static Path above(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IOException("No folder holds " + file);
        }
        return folder;
    }

    private Path folderOf(Path file) throws IOException {
        Path folder = above(file);
        makeFolder(folder);
        return folder;
    }

    private void settleFolderOf(Path file) throws IOException {
        if (Files.isDirectory(above(file))) {
            disk.syncFolder(folderOf(file));
        }
    }

    /**
     * Makes a folder and those above it, each one durable in the one that holds it. One that is there already may have been made by a
     * process that was killed before it was durable, so each process syncs it once.
     */
    private void makeFolder(Path folder) throws IOException {
        boolean isThere = Files.isDirectory(folder);
        if (isThere && durable.contains(folder)) {
            return;
        }
        Path above = folder.getParent();
        if (above != null) {
            makeFolder(above);
        }
        if (!isThere) {
            try {
                disk.makeFolder(folder);
            } catch (FileAlreadyExistsException madeMeanwhile) {
                if (!Files.isDirectory(folder)) {
                    throw madeMeanwhile;
                }
            }
        }
        // Folders above the repository may be such that only their owner can look into them.
        if (above != null && (above.startsWith(root) || Files.isReadable(above))) {
            disk.syncFolder(above);
        }
        durable.add(folder);
    }

    private <T> T io(String verb, String name, Operation<T> operation) {
        try {
            return operation.run();
        } catch (IOException failed) {
            UnusableStoreException refusal = DiskRefusals.of(failed, root);
            if (refusal != null) {
                throw refusal;
            }
            throw new UncheckedIOException("Cannot %s %s in %s".formatted(verb, name, root), failed);
        }
    }

    /** One access to the disk. */
    private interface Operation<T> {
        T run() throws IOException;
    }
}
