package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * When backups were first met that said they had begun in the future. Their own time is wrong for good; this one is later than the
 * truth and earlier than that.
 */
public final class Sightings {
    private static final String FOLDER = "sightings";

    private final BlobStore store;

    Sightings(BlobStore store) {
        this.store = store;
    }

    /** Notes when a backup was met; the first note counts. */
    public void note(UUID id, Instant now) {
        store.create(name(id), ByteBuffer.wrap(now.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    /** All notes there are. One that cannot be read says the beginning of time. */
    public Map<UUID, Instant> all() {
        Map<UUID, Instant> all = new HashMap<>();
        for (String name : store.list(FOLDER)) {
            try {
                all.put(UUID.fromString(name.substring(FOLDER.length() + 1)), read(name));
            } catch (NoSuchBlobException | IllegalArgumentException none) {
                // Forgotten meanwhile, or no note at all.
            }
        }
        return all;
    }

    /** Forgets those of backups that were removed by someone who was killed in between. */
    void forgetAllBut(Set<UUID> ids) {
        all().keySet().stream().filter(id -> !ids.contains(id)).forEach(this::forgetIfGone);
    }

    private void forgetIfGone(UUID id) {
        if (store.size(ManifestFile.name(id)).isEmpty()) {
            forget(id);
        }
    }

    void forget(UUID id) {
        store.delete(name(id));
    }

    private Instant read(String name) {
        try {
            return Instant.parse(StandardCharsets.US_ASCII.decode(store.read(name)));
        } catch (DateTimeException unreadable) {
            return Instant.EPOCH;
        }
    }

    private static String name(UUID id) {
        return FOLDER + "/" + id;
    }
}
