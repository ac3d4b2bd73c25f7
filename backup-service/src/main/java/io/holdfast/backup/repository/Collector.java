package io.holdfast.backup.repository;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Removes from the store what no backup needs. */
final class Collector {
    private final Repository repository;
    private final BlobStore store;
    private final Holds holds;
    private final CollectionMarks marks;

    Collector(Repository repository, BlobStore store, Holds holds, CollectionMarks marks) {
        this.repository = repository;
        this.store = store;
        this.holds = holds;
        this.marks = marks;
    }

    /** What {@link Repository#collect} promises. */
    int collect() {
        store.sweep();
        Set<UUID> ids = Set.copyOf(repository.ids());
        removeVerdicts(ids);
        repository.upkeep().sightings().forgetAllBut(ids);
        int removed;
        // Before the holds are looked at: see CollectionMarks.
        try (CollectionMarks.Mark mark = marks.set()) {
            removed = holds.any() ? 0 : collect(mark);
        }
        repository.upkeep().keepRoom();
        return removed;
    }

    private int collect(CollectionMarks.Mark mark) {
        try {
            Set<String> named = named();
            repository.upkeep().attempts().forgetAll();
            return removeObjects(named, mark);
        } catch (UnreadableManifestException unknown) {
            return 0;
        }
    }

    /** What {@link SpaceEstimate#unnamedBytes} promises. */
    long unnamedBytes() {
        Set<String> named = named();
        return store.list(Slices.FOLDER).stream()
                .filter(name -> !named.contains(name))
                .mapToLong(name -> store.size(name).orElse(0))
                .sum();
    }

    private Set<String> named() {
        Set<String> named = new HashSet<>();
        for (UUID id : repository.ids()) {
            repository.manifest(id).stream()
                    .flatMap(present -> present.tables().stream())
                    .flatMap(table -> table.slices().stream())
                    .forEach(slice -> named.add(Slices.object(slice.id())));
        }
        return named;
    }

    private int removeObjects(Set<String> named, CollectionMarks.Mark mark) {
        int removed = 0;
        for (String name : store.list(Slices.FOLDER)) {
            if (named.contains(name)) {
                continue;
            }
            if (removed == 0) {
                // A manifest that another took away must not come back after a loss of power when its objects are gone.
                store.settle(ManifestFile.name(new UUID(0, 0)));
            }
            if (!mark.isThere()) {
                return removed;
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
