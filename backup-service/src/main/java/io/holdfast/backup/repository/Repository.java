package io.holdfast.backup.repository;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.holdfast.backup.key.BrokenSealException;
import io.holdfast.backup.key.RecoveryKey;
import io.holdfast.backup.slice.DamagedSliceException;
import io.holdfast.backup.slice.EncodedRows;
import io.holdfast.backup.slice.SliceRange;
import io.holdfast.backup.slice.SliceRow;

/**
 * Backups in a blob store: {@code objects/} holds slices named by their content, {@code snapshots/} one manifest a
 * backup, both encrypted with {@code keys/}, and {@code config} the version of the format. A manifest is written when
 * everything it names is durable, and removed before anything it names: whatever has a manifest is whole, everything
 * else is a leftover that harms nobody.
 */
public final class Repository {
    static final String SNAPSHOTS = "snapshots";

    private final BlobStore store;
    private final RecoveryKey recovery;
    private final InstantSource clock;

    /** Of jobs and collections in this process, whichever of its stores they go through. */
    private final Object lock;

    private final Holds holds;
    private final Keys keys;
    private final CollectionMarks marks;
    private final Collector collector;
    private final Upkeep upkeep;
    private final Slices slices;
    private final VerdictFiles verdicts;
    private volatile boolean open;

    /** Opens the repository when it is first used, and makes it then if the store is empty. */
    public Repository(BlobStore store, RecoveryKey recovery, InstantSource clock) {
        this(store, recovery, clock, new CollectionMarks(store));
    }

    Repository(BlobStore store, RecoveryKey recovery, InstantSource clock, CollectionMarks marks) {
        this(store, recovery, clock, marks, new Object());
    }

    private Repository(BlobStore store, RecoveryKey recovery, InstantSource clock, CollectionMarks marks, Object lock) {
        this.store = store;
        this.recovery = recovery;
        this.clock = clock;
        this.lock = lock;
        this.marks = marks;
        this.holds = new Holds(store, clock);
        this.keys = new Keys(store, recovery);
        this.collector = new Collector(this, store, holds, marks);
        this.upkeep = new Upkeep(this, store, holds, keys, clock, lock);
        this.slices = new Slices(store, keys);
        this.verdicts = new VerdictFiles(store, keys);
    }

    /** The same repository through another store of the same place, for another kind of caller. */
    public Repository over(BlobStore another) {
        return new Repository(another, recovery, clock, new CollectionMarks(another), lock);
    }

    /**
     * Encrypts with a new key from now on; other processes do from their next job on. What is there stays as it is, and readable.
     *
     * @return how many keys there are now
     */
    public int renewKeys() {
        open();
        return keys.renew().size();
    }

    /**
     * Keeps every object in the repository until the hold is closed, whether a manifest names it or not.
     *
     * @param job on whose behalf
     */
    public Holds.Hold hold(UUID job) {
        open();
        keys.refresh();
        synchronized (lock) {
            Holds.Hold hold = holds.take(job);
            try {
                marks.awaitNone();
                return hold;
            } catch (RuntimeException stopped) {
                hold.close();
                throw stopped;
            }
        }
    }

    /** How much room there is, and how much a backup will need. */
    public SpaceEstimate space() {
        return new SpaceEstimate(this, store, collector);
    }

    /**
     * Stores rows as a slice, unless the same slice is there already. An object that does not hold what its name says
     * is written anew.
     */
    public SliceEntry put(SliceRange range, int part, String columns, EncodedRows rows) {
        open();
        return slices.put(range, part, columns, rows);
    }

    /**
     * Reads a slice.
     *
     * @throws DamagedSliceException when it is missing or its stored bytes are not those that were written
     */
    public List<SliceRow> rows(SliceEntry slice) {
        return slices.rows(slice);
    }

    /**
     * Reads a slice back and compares everything known of it: stored bytes, number of rows, and the rows themselves.
     *
     * @throws DamagedSliceException when anything differs
     */
    public void verify(SliceEntry slice) {
        slices.verify(slice);
    }

    /**
     * Compares the stored bytes of a slice with what its manifest says. Only bytes that differ are decrypted and decoded: a slice that
     * was found damaged and written anew is whole though sealed with other random bytes.
     *
     * @throws DamagedSliceException when it is missing, or differs and is not whole
     */
    public void verifyStructure(SliceEntry slice) {
        slices.verifyStructure(slice);
    }

    /** Whether a slice is there in its full size. The content is looked at only when the size is another one. */
    public boolean isPresent(SliceEntry slice) {
        return slices.isPresent(slice);
    }

    /**
     * Makes a backup good. All slices have been verified by now.
     *
     * @return the manifest that counts: this one, or the one that was there first
     * @throws DamagedSliceException when a slice was removed since by someone who did not count the job's hold; there is no backup then
     */
    public Manifest commit(Manifest manifest) {
        String name = ManifestFile.name(manifest.id());
        if (store.create(name, keys.ring().seal(name, ManifestFile.write(manifest)))) {
            requireSlices(manifest);
        }
        return manifest(manifest.id())
                .orElseThrow(() -> new UnreadableManifestException(manifest.id(), "it has vanished", null));
    }

    /** Who collects from now on reads the manifest and spares what it names; who began before is waited for. */
    private void requireSlices(Manifest manifest) {
        marks.awaitNone();
        Optional<SliceEntry> removed = upkeep.inventory().firstMissing(manifest);
        if (removed.isPresent()) {
            store.delete(ManifestFile.name(manifest.id()));
            throw new DamagedSliceException(
                    "Slice %s was removed while the backup was taken: look whether the clocks of all that use this repository are right, and ask again"
                            .formatted(removed.get().id()),
                    null);
        }
    }

    /**
     * The manifest of a backup, if there is such a backup.
     *
     * @throws UnreadableManifestException when there is one that cannot be trusted
     */
    public Optional<Manifest> manifest(UUID id) {
        open();
        String name = ManifestFile.name(id);
        try {
            return Optional.of(ManifestFile.read(id, keys.open(name, store.read(name))));
        } catch (NoSuchBlobException none) {
            return Optional.empty();
        } catch (BrokenSealException broken) {
            throw new UnreadableManifestException(id, "it was changed, or encrypted with other keys", broken);
        }
    }

    /** The same, made durable if its maker was killed before it was: what a job that finds itself done relies on. */
    public Optional<Manifest> settled(UUID id) {
        open();
        store.settle(ManifestFile.name(id));
        return manifest(id);
    }

    /** Whether there is a manifest of a backup, readable or not. */
    public boolean has(UUID id) {
        open();
        return store.size(ManifestFile.name(id)).isPresent();
    }

    /** Every backup of which there is a manifest, readable or not. */
    public List<UUID> ids() {
        open();
        return store.list(SNAPSHOTS).stream()
                .flatMap(name -> ManifestFile.id(name).stream())
                .toList();
    }

    /**
     * Removes a backup. Slices that no other backup names go with it, at once or, when a job holds the repository, with
     * a later removal.
     *
     * @return false when there was none
     */
    public boolean delete(UUID id) {
        return upkeep().delete(Set.of(id)) > 0;
    }

    /** What is done beside storing and reading. */
    public Upkeep upkeep() {
        open();
        return upkeep;
    }

    /**
     * Removes every object that no manifest names. Does nothing while a job holds the repository, and nothing when a
     * manifest cannot be read, for nobody knows what it names.
     *
     * @return how many objects were removed
     */
    public int collect() {
        open();
        synchronized (lock) {
            return collector.collect();
        }
    }

    /** Begins a restore, or begins it anew: another worker that still does it will stop. */
    public Fence fence(UUID job) {
        open();
        return Fence.take(store, job);
    }

    /** Keeps what a verification of a backup found that took no time. */
    public void keep(UUID id, Verdict verdict) {
        keep(id, verdict, verdict.verifiedAt());
    }

    /**
     * Keeps what a verification of a backup found.
     *
     * @param began when it did: damage that was found since by another one stands
     */
    public void keep(UUID id, Verdict verdict, Instant began) {
        open();
        verdicts.keep(id, verdict, began);
    }

    /** What the verifications of a backup found since it was made. */
    public Verdicts verdicts(UUID id) {
        open();
        return verdicts.of(id);
    }

    /** The notes of jobs that make scratch keyspaces. */
    public Scratches scratches() {
        open();
        return new Scratches(store, holds);
    }

    /** Once it is open nobody waits here: a job or a collection may hold the lock for long. */
    private void open() {
        if (!open) {
            openOnce();
        }
    }

    private synchronized void openOnce() {
        if (!open) {
            FormatFile.requireOrMake(store, keys);
            keys.ring();
            open = true;
            upkeep.keepRoom();
        }
    }
}
