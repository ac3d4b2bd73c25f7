package io.holdfast.backup.repository;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What has to be found in a repository.
 *
 * @param certain backups that were told to be good and that nobody asked to remove
 * @param possible backups whose making or removal began and did not end: there, or not
 */
record Promises(Map<UUID, Manifest> certain, Map<UUID, Manifest> possible) {
    static final Promises NONE = new Promises(Map.of(), Map.of());

    Promises {
        certain = Map.copyOf(certain);
        possible = Map.copyOf(possible);
    }

    Promises begun(Manifest manifest) {
        Map<UUID, Manifest> more = new HashMap<>(possible);
        more.put(manifest.id(), manifest);
        return new Promises(certain, more);
    }

    Promises good(Manifest manifest) {
        Map<UUID, Manifest> kept = new HashMap<>(certain);
        kept.put(manifest.id(), manifest);
        return new Promises(kept, without(possible, manifest.id()));
    }

    Promises leaving(UUID id) {
        Manifest manifest = certain.get(id);
        return manifest == null
                ? this
                : new Promises(without(certain, id), begun(manifest).possible());
    }

    Promises gone(UUID id) {
        return new Promises(without(certain, id), without(possible, id));
    }

    private static Map<UUID, Manifest> without(Map<UUID, Manifest> all, UUID id) {
        Map<UUID, Manifest> rest = new HashMap<>(all);
        rest.remove(id);
        return rest;
    }
}
