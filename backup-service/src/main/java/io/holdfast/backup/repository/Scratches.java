package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which jobs have a scratch keyspace in a cluster, in blobs {@code scratch/JOB}: noted before it is made, and until it is gone. So
 * what a job left behind that died is found by the next one, and another repository's is let alone.
 */
public final class Scratches {
    private static final String FOLDER = "scratch";

    private final BlobStore store;
    private final Holds holds;

    Scratches(BlobStore store, Holds holds) {
        this.store = store;
        this.holds = holds;
    }

    /** Notes that a job is about to make one. */
    public void begin(UUID job) {
        store.replace(name(job), ByteBuffer.allocate(0));
    }

    /** Takes the note off: it is gone. */
    public void end(UUID job) {
        store.delete(name(job));
    }

    /** Jobs that are not at work any more and have left one behind. */
    public List<UUID> abandoned() {
        return store.list(FOLDER).stream()
                .flatMap(name -> job(name).stream())
                .filter(job -> !holds.isHeldBy(job))
                .toList();
    }

    private static Optional<UUID> job(String name) {
        try {
            return Optional.of(UUID.fromString(name.substring(FOLDER.length() + 1)));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    private static String name(UUID job) {
        return FOLDER + "/" + job;
    }
}
