package io.holdfast.backup.repository;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Removes from the store what no backup needs. */
final class Collector {
    private final Repository repository;
    private final BlobStore store;
    private final Holds holds;

    Collector(Repository repository, BlobStore store, Holds holds) {
        this.repository = repository;
        this.store = store;
        this.holds = holds;
    }

    /** What {@link Repository#collect} promises. */
    int collect() {
        store.sweep();
        List<UUID> ids = repository.ids();
        removeVerdicts(Set.copyOf(ids));
        repository.upkeep().sightings().forgetAllBut(Set.copyOf(ids));
        if (holds.any()) {
            return 0;
        }
        Set<String> named = new HashSet<>();
        for (UUID id : repository.ids()) {
            Optional<Manifest> manifest;
            try {
                manifest = repository.manifest(id);
            } catch (UnreadableManifestException unknown) {
                return 0;
            }
            manifest.stream()
                    .flatMap(present -> present.tables().stream())
                    .flatMap(table -> table.slices().stream())
                    .forEach(slice -> named.add(Repository.object(slice.id())));
        }
        return removeObjects(named);
    }

    private int removeObjects(Set<String> named) {
        int removed = 0;
        for (String name : store.list(Repository.OBJECTS)) {
            if (named.contains(name)) {
                continue;
            }
            if (removed == 0) {
                // A manifest that another took away must not come back after a loss of power when its objects are gone.
                store.settle(ManifestFile.name(new UUID(0, 0)));
            }
            if (store.delete(name)) {
                removed++;
            }
        }
        return removed;
    }

    /** Verdicts on backups that were removed by someone who was killed in between. */
    private void removeVerdicts(Set<UUID> ids) {
        for (String name : store.list(Verdict.FOLDER)) {
            Optional<UUID> id = Verdict.id(name).filter(of -> !ids.contains(of));
            if (id.isPresent() && store.size(ManifestFile.name(id.get())).isEmpty()) {
                store.delete(name);
            }
        }
    }
}
