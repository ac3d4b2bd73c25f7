package io.holdfast.local.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

import io.holdfast.local.Complaint;
import io.holdfast.local.process.ProcessIdentity;

/**
 * At most one launcher a state folder. The system frees the lock when its holder dies, however it dies. Who holds it
 * stands in a second file: on POSIX systems a process loses its lock when it closes any other opening of the locked
 * file, so nobody may ever read that one.
 */
public final class PlatformLock implements AutoCloseable {
    private final Path runFolder;
    private final FileChannel channel;

    private PlatformLock(Path runFolder, FileChannel channel) {
        this.runFolder = runFolder;
        this.channel = channel;
    }

    /**
     * Takes it, and writes this process down as its holder.
     *
     * @throws Complaint when another launcher holds it
     */
    public static PlatformLock take(Path runFolder) {
        try {
            Files.createDirectories(runFolder);
            Optional<FileChannel> locked = Optional.empty();
            while (locked.isEmpty()) {
                locked = lock(runFolder);
            }
            Files.writeString(holderFile(runFolder), ProcessIdentity.ofThisJvm() + "\n");
            return new PlatformLock(runFolder, locked.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The living launcher that wrote itself down; empty when there is none. */
    public static Optional<ProcessIdentity> holder(Path runFolder) {
        try {
            return ProcessIdentity.parse(Files.readString(holderFile(runFolder)))
                    .filter(ProcessIdentity::isAlive);
        } catch (IOException noSuchFile) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(holderFile(runFolder));
            Files.deleteIfExists(lockFile(runFolder));
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The locked file; empty when its last holder deleted it between our opening and our locking it. */
    private static Optional<FileChannel> lock(Path runFolder) throws IOException {
        Path file = lockFile(runFolder);
        Optional<Object> before = identity(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw new Complaint("Already running here: the launcher is process "
                    + holder(runFolder).map(it -> Long.toString(it.pid())).orElse("unknown")
                    + "; ./holdfast status shows it, ./holdfast down stops it");
        }
        if (before.isPresent() && before.equals(identity(file))) {
            return Optional.of(channel);
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisJvm) {
            return false;
        }
    }

    /** Which file has this name now, without opening it. */
    private static Optional<Object> identity(Path file) throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private static Path lockFile(Path runFolder) {
        return runFolder.resolve("lock");
    }

    private static Path holderFile(Path runFolder) {
        return runFolder.resolve("launcher");
    }
}
