package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;

import io.holdfast.backup.patience.Patience;

/**
 * Who is removing objects right now, in blobs of their own. A collector marks itself and then looks for holds; a job takes its hold and
 * then looks for marks. So at least one of the two sees the other, in whatever order they come: the collector does nothing then, and the
 * job waits.
 *
 * <p>A mark that does not go was left by a dead collector, or is that of a very slow one. The job takes it away, which stops the
 * collector before its next removal, and waits for the one that may have been under way.
 */
final class CollectionMarks {
    private static final String FOLDER = "collecting";
    private static final String STOPPED = "Stopped while it waited for a collection";
    private static final Duration LONGEST_COLLECTION = Duration.ofMinutes(1);
    private static final Duration LONGEST_REMOVAL = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final BlobStore store;
    private final Duration longestCollection;
    private final Duration longestRemoval;

    CollectionMarks(BlobStore store) {
        this(store, LONGEST_COLLECTION, LONGEST_REMOVAL);
    }

    /**
     * @param longestCollection how long a job waits for a collector
     * @param longestRemoval how long one removal may still take after its collector lost its mark
     */
    CollectionMarks(BlobStore store, Duration longestCollection, Duration longestRemoval) {
        this.store = store;
        this.longestCollection = longestCollection;
        this.longestRemoval = longestRemoval;
    }

    Mark set() {
        String name = FOLDER + "/" + UUID.randomUUID();
        try {
            store.replace(name, ByteBuffer.allocate(0));
        } catch (FullStoreException full) {
            // Another removal may have given it up just now.
            store.freeRoom();
            store.replace(name, ByteBuffer.allocate(0));
        }
        return new Mark(name);
    }

    /**
     * Waits until nobody removes objects.
     *
     * @throws CancellationException when the thread was interrupted meanwhile
     */
    void awaitNone() {
        List<String> seen = store.list(FOLDER);
        if (seen.isEmpty()) {
            return;
        }
        long deadline = System.nanoTime() + longestCollection.toNanos();
        while (store.list(FOLDER).stream().anyMatch(seen::contains)) {
            if (System.nanoTime() - deadline >= 0) {
                seen.forEach(store::delete);
                Patience.pause(longestRemoval, STOPPED);
                return;
            }
            Patience.pause(POLL, STOPPED);
        }
    }

    /** Of one collector. */
    final class Mark implements AutoCloseable {
        private final String name;

        private Mark(String name) {
            this.name = name;
        }

        /** Whether the collector may go on. */
        boolean isThere() {
            return store.size(name).isPresent();
        }

        @Override
        public void close() {
            store.delete(name);
        }
    }
}
