package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Which jobs use the repository right now, in blobs of their own, so that other instances see them too. A job that died
 * leaves its hold behind; it is taken off when the job is done again, and ignored after a week.
 */
public final class Holds {
    private static final String FOLDER = "running";
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(7);

    private final BlobStore store;
    private final InstantSource clock;

    Holds(BlobStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Hold take(UUID job) {
        String name = name(job);
        String mine = clock.instant() + " " + UUID.randomUUID();
        ByteBuffer content =
                ByteBuffer.wrap(mine.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
        store.replace(name, content);
        return () -> release(name, content);
    }

    /** The worker who took a job over holds under the same name, and goes on holding when the first one wakes and ends. */
    private void release(String name, ByteBuffer mine) {
        try {
            if (store.read(name).equals(mine)) {
                store.delete(name);
            }
        } catch (NoSuchBlobException released) {
            // By the one who took the job over, and ended first.
        }
    }

    /** Whether a job is at work, or will be again. */
    boolean isHeldBy(UUID job) {
        return counts(name(job));
    }

    /** Takes the hold of a job off, whoever took it. */
    void release(UUID job) {
        store.delete(name(job));
    }

    boolean any() {
        return store.list(FOLDER).stream().anyMatch(this::counts);
    }

    private boolean counts(String name) {
        try {
            ByteBuffer since = store.read(name);
            String text = StandardCharsets.US_ASCII.decode(since).toString();
            Instant taken = Instant.parse(text.split(" ", 2)[0]);
            return taken.plus(FORGOTTEN_AFTER).isAfter(clock.instant());
        } catch (NoSuchBlobException released) {
            return false;
        } catch (DateTimeException unreadable) {
            return true;
        }
    }

    private static String name(UUID job) {
        return FOLDER + "/" + job;
    }

    /** Objects stay as long as this is open. */
    @FunctionalInterface
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
