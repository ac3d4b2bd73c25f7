package io.holdfast.backup.repository;

import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.failover.guard.DependencyUnavailableException;

/** What is done to a repository beside storing backups and reading them: looking what is there, removing, noting, letting go. */
public final class Upkeep {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private final Repository repository;
    private final BlobStore store;
    private final Holds holds;
    private final Sightings sightings;
    private final Attempts attempts;
    private final Ledger ledger;
    private final Object lock;

    Upkeep(Repository repository, BlobStore store, Holds holds, Keys keys, InstantSource clock, Object lock) {
        this.repository = repository;
        this.lock = lock;
        this.store = store;
        this.holds = holds;
        this.sightings = new Sightings(store);
        this.ledger = new Ledger(store, keys);
        this.attempts = new Attempts(store, keys, clock, repository::isPresent);
    }

    /** The slices there are now. */
    public Inventory inventory() {
        return new Inventory(repository, store, holds);
    }

    /** When backups from the future were met. */
    public Sightings sightings() {
        return sightings;
    }

    /** The tries to take backups that are not made yet. */
    public Attempts attempts() {
        return attempts;
    }

    /** Who did what when. */
    public Ledger ledger() {
        return ledger;
    }

    /** Nothing else depends on it: without it, a full disk has to be made room on by other means. */
    void keepRoom() {
        try {
            store.keepRoom();
        } catch (UnusableStoreException | UncheckedIOException | DependencyUnavailableException none) {
            log.warn("no_room_kept_for_removals cause={}", none.getMessage());
        }
    }

    /** Takes off what a job holds that has ended: its tries and its hold. */
    public void release(UUID job) {
        attempts.forget(job);
        holds.release(job);
    }

    /** Takes off the hold of a job, whoever took it, and leaves its tries: they count as long as nobody collects. */
    public void releaseHold(UUID job) {
        holds.release(job);
    }

    /**
     * Removes several backups, and then what nobody needs any more, in one go.
     *
     * @return how many there were
     */
    public int delete(Set<UUID> ids) {
        synchronized (lock) {
            int deleted = 0;
            for (UUID id : ids) {
                deleted += store.delete(ManifestFile.name(id)) ? 1 : 0;
                store.delete(Verdict.name(id));
                sightings.forget(id);
            }
            if (deleted > 0) {
                repository.collect();
            }
            return deleted;
        }
    }
}
