package io.holdfast.backup.repository;

import java.time.Instant;
import java.util.UUID;

import io.holdfast.backup.key.BrokenSealException;

/** Verdicts in blobs {@code verdicts/ID}, sealed like slices: one that was changed, or is that of another backup, is not believed. */
final class VerdictFiles {
    private final BlobStore store;
    private final Keys keys;

    VerdictFiles(BlobStore store, Keys keys) {
        this.store = store;
        this.keys = keys;
    }

    void keep(UUID id, Verdict verdict, Instant began) {
        String name = Verdict.name(id);
        store.replace(name, keys.ring().seal(name, of(id).with(verdict, began).write()));
    }

    Verdicts of(UUID id) {
        String name = Verdict.name(id);
        try {
            return Verdicts.read(keys.open(name, store.read(name)));
        } catch (NoSuchBlobException none) {
            return Verdicts.NONE;
        } catch (BrokenSealException broken) {
            return Verdicts.UNREADABLE;
        }
    }
}
