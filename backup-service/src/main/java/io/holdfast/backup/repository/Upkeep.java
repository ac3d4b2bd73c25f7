package io.holdfast.backup.repository;

import java.util.Set;
import java.util.UUID;

/** What is done to a repository beside storing backups and reading them: looking what is there, noting, removing. */
public final class Upkeep {
    private final Repository repository;
    private final BlobStore store;
    private final Holds holds;
    private final Sightings sightings;

    Upkeep(Repository repository, BlobStore store, Holds holds) {
        this.repository = repository;
        this.store = store;
        this.holds = holds;
        this.sightings = new Sightings(store);
    }

    /** The slices there are now. */
    public Inventory inventory() {
        return new Inventory(repository, store, holds);
    }

    /** When backups from the future were met. */
    public Sightings sightings() {
        return sightings;
    }

    /**
     * Removes several backups, and then what nobody needs any more, in one go.
     *
     * @return how many there were
     */
    public int delete(Set<UUID> ids) {
        synchronized (repository) {
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
