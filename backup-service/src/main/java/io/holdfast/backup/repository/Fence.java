package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * Keeps two workers from doing the same restore at a time. Each takes the next epoch, which is a blob created exclusively,
 * and before each step it looks whether that is still the highest. One that slept while another began anew stops at its
 * next step. Blobs of a fence stay: a worker may wake at any time.
 */
public final class Fence {
    private static final String FOLDER = "fences/";
    private static final String EPOCH = "epoch-";

    private final BlobStore store;
    private final String folder;
    private volatile int epoch;

    private Fence(BlobStore store, UUID job) {
        this.store = store;
        this.folder = FOLDER + job;
    }

    /** Takes the next epoch of a job: whoever has an earlier one will stop. */
    static Fence take(BlobStore store, UUID job) {
        Fence fence = new Fence(store, job);
        fence.takeNext();
        return fence;
    }

    /** Takes the next epoch, whoever has the present one. */
    public void takeNext() {
        int next = highest() + 1;
        // Content of its own, so that a repeated create knows its own doing from that of another worker.
        byte[] mine = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        while (!store.create(name(next), ByteBuffer.wrap(mine))) {
            next++;
        }
        epoch = next;
    }

    /** The epoch that was taken last. */
    public int epoch() {
        return epoch;
    }

    /** Whether nobody has begun this job anew since. */
    public boolean isHeld() {
        return highest() == epoch;
    }

    /**
     * Stops a worker whose job another has begun anew.
     *
     * @throws CancellationException when there is a later epoch
     */
    public void require() {
        if (!isHeld()) {
            throw new CancellationException("Another worker has begun this job anew: this one stops");
        }
    }

    /**
     * Notes that the job has passed a point; once is enough.
     *
     * @param point what it is called, in lower-case letters
     */
    public void pass(String point) {
        store.create(point(point), ByteBuffer.allocate(0));
    }

    /** Notes that the job has passed a point under the present epoch; again under another one is noted apart. */
    public void passUnderEpoch(String point) {
        pass(point + "-" + epoch);
    }

    /** Under which epochs the job has passed a point. */
    public Set<Integer> epochsPast(String point) {
        store.settle(name(epoch));
        String prefix = point(point) + "-";
        return store.list(folder).stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> Integer.valueOf(name.substring(prefix.length())))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the job has passed a point, under this epoch or an earlier one. */
    public boolean hasPassed(String point) {
        String name = point(point);
        store.settle(name);
        return store.size(name).isPresent();
    }

    private String point(String name) {
        return folder + "/" + name;
    }

    private int highest() {
        int highest = 0;
        for (String name : store.list(folder)) {
            String last = name.substring(name.lastIndexOf('/') + 1);
            if (last.startsWith(EPOCH)) {
                highest = Math.max(highest, Integer.parseInt(last.substring(EPOCH.length())));
            }
        }
        return highest;
    }

    private String name(int number) {
        return folder + "/" + EPOCH + number;
    }
}
