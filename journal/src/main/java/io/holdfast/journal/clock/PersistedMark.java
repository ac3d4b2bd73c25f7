package io.holdfast.journal.clock;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A number on disk that no stamp ever exceeds. It is moved ahead in steps, usually in the background when half of a step is used up, so
 * that giving a stamp costs no disk access while the clock is busy.
 */
final class PersistedMark {

    static final long STEP_MICROSECONDS = 1_000_000;

    private static final System.Logger LOG = System.getLogger(PersistedMark.class.getName());

    private final Path file;
    private final Executor background;
    private final AtomicBoolean moving = new AtomicBoolean();
    private volatile long mark;

    private PersistedMark(Path file, long mark, Executor background) {
        this.file = file;
        this.mark = mark;
        this.background = background;
    }

    static PersistedMark open(Path file, Executor background) {
        try {
            Files.createDirectories(folderOf(file));
            return new PersistedMark(file, Files.exists(file) ? read(file) : 0, background);
        } catch (IOException e) {
            throw new UncheckedIOException("The clock's mark cannot be read from " + file, e);
        }
    }

    long value() {
        return mark;
    }

    /** Returns when the mark on disk is not below the stamp. */
    void cover(long stamp) {
        if (stamp > mark) {
            moveAhead(stamp);
        } else if (isNearlyUsedUp(stamp) && moving.compareAndSet(false, true)) {
            background.execute(() -> moveInBackground(stamp));
        }
    }

    private boolean isNearlyUsedUp(long stamp) {
        return stamp > mark - STEP_MICROSECONDS / 2;
    }

    private void moveInBackground(long stamp) {
        try {
            moveAhead(stamp);
        } catch (UncheckedIOException e) {
            // Whoever needs a stamp above the mark will try again and get the error.
            LOG.log(System.Logger.Level.WARNING, "clock mark not moved ahead: {0}", e.getMessage());
        } finally {
            moving.set(false);
        }
    }

    private synchronized void moveAhead(long stamp) {
        if (!isNearlyUsedUp(stamp)) {
            return;
        }
        long moved = stamp + STEP_MICROSECONDS;
        try {
            write(moved);
        } catch (IOException e) {
            throw new UncheckedIOException("The clock's mark cannot be written to " + file, e);
        }
        mark = moved;
    }

    private void write(long value) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(temporary, CREATE, WRITE, TRUNCATE_EXISTING)) {
            ByteBuffer text = ByteBuffer.wrap(Long.toString(value).getBytes(US_ASCII));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        Files.move(temporary, file, ATOMIC_MOVE, REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(folderOf(file), READ)) {
            folder.force(true);
        }
    }

    private static long read(Path file) throws IOException {
        String text = Files.readString(file, US_ASCII).strip();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("not a number of microseconds: '" + text + "'", e);
        }
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("The clock's mark needs a file in a folder, not " + file);
        }
        return folder;
    }
}
