package io.holdfast.backup.repository;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.key.BrokenSealException;
import io.holdfast.backup.key.KeyRing;
import io.holdfast.backup.key.RecoveryKey;

/**
 * The keys of the repository, in rings numbered 1, 2, …: the highest number counts and holds all earlier keys. Each
 * is created under a name that must be free, so that of two who renew the keys at the same time neither can make the other's be
 * forgotten.
 */
final class Keys {
    private final BlobStore store;
    private final KeyFiles files;
    private @Nullable Numbered current;

    Keys(BlobStore store, RecoveryKey recovery) {
        this.store = store;
        this.files = new KeyFiles(store, recovery);
    }

    /** Makes the first keys, unless there are some. */
    synchronized void make() {
        if (files.newest().isEmpty()) {
            files.create(1, KeyRing.make());
        }
        ring();
    }

    /**
     * The keys as far as this process knows them.
     *
     * @throws io.holdfast.backup.key.WrongKeyException when the recovery key does not open them
     */
    synchronized KeyRing ring() {
        Numbered known = current;
        return known == null ? load() : known.ring();
    }

    /** Takes note of a key that another process has added since, which encrypts from now on. */
    synchronized void refresh() {
        load();
    }

    /** Encrypts with a new key from now on; what the others encrypted stays readable. */
    synchronized KeyRing renew() {
        while (true) {
            load();
            int next = number() + 1;
            if (files.create(next, ring().renewed())) {
                return load();
            }
        }
    }

    /** Decrypts a blob, also with a key that another process has added since. */
    ByteBuffer open(String name, ByteBuffer sealed) throws BrokenSealException {
        try {
            return ring().open(name, sealed);
        } catch (BrokenSealException unknownKey) {
            if (!isRenewed()) {
                throw unknownKey;
            }
            return ring().open(name, sealed);
        }
    }

    private synchronized boolean isRenewed() {
        int before = number();
        load();
        return number() > before;
    }

    private KeyRing load() {
        int number = files.newest()
                .orElseThrow(() -> new ForeignRepositoryException(
                        "%s has lost its keys: bring the folder keys or keys-copy back from a copy".formatted(store)));
        KeyRing ring = files.read(number);
        current = new Numbered(number, ring);
        return ring;
    }

    private int number() {
        Numbered known = current;
        return known == null ? 0 : known.number();
    }

    private record Numbered(int number, KeyRing ring) {}
}
