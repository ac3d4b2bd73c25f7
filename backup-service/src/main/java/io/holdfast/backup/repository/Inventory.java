package io.holdfast.backup.repository;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The slices that were in the repository at one moment. */
public final class Inventory {
    private final Repository repository;
    private final BlobStore store;
    private final boolean held;
    private final Set<String> objects;

    Inventory(Repository repository, BlobStore store, Holds holds) {
        this.repository = repository;
        this.store = store;
        this.held = holds.any();
        this.objects = Set.copyOf(store.list(Slices.FOLDER));
    }

    /** Whether every slice of a backup is there; what they hold is not looked at. */
    public boolean isComplete(Manifest manifest) {
        return firstMissing(manifest).isEmpty();
    }

    /** A slice of a backup that is not there, or nothing when all are. */
    Optional<SliceEntry> firstMissing(Manifest manifest) {
        return manifest.tables().stream()
                .flatMap(table -> table.slices().stream())
                .filter(slice -> !objects.contains(Slices.object(slice.id())))
                .findFirst();
    }

    /**
     * What a collection would remove if some backups were not there. While a job holds the repository, only what those alone name: the
     * rest may be the job's. Nothing when a manifest cannot be read, for nobody knows what it names.
     */
    public Leftovers leftovers(Set<UUID> gone) {
        Set<String> needed = new HashSet<>();
        Set<String> freed = new HashSet<>(held ? Set.of() : objects);
        for (UUID id : repository.ids()) {
            try {
                Set<String> into = gone.contains(id) ? freed : needed;
                repository.manifest(id).ifPresent(manifest -> into.addAll(names(manifest)));
            } catch (UnreadableManifestException unknown) {
                return Leftovers.NONE;
            }
        }
        freed.removeAll(needed);
        freed.retainAll(objects);
        long bytes =
                freed.stream().mapToLong(name -> store.size(name).orElse(0)).sum();
        return new Leftovers(freed.size(), bytes);
    }

    private static List<String> names(Manifest manifest) {
        return manifest.tables().stream()
                .flatMap(table -> table.slices().stream())
                .map(slice -> Slices.object(slice.id()))
                .toList();
    }
}
