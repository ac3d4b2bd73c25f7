package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.key.BrokenSealException;
import io.holdfast.backup.key.KeyFile;
import io.holdfast.backup.key.KeyRing;
import io.holdfast.backup.key.RecoveryKey;

/**
 * The keys of the repository, in blobs {@code keys/1}, {@code keys/2}, …: the highest number counts and holds all earlier keys. Each
 * is created under a name that must be free, so that of two who renew the keys at the same time neither can make the other's be
 * forgotten.
 */
final class Keys {
    private static final String FOLDER = "keys";
    private static final Pattern NUMBERED = Pattern.compile(FOLDER + "/([1-9][0-9]{0,8})");

    private final BlobStore store;
    private final RecoveryKey recovery;
    private @Nullable Numbered current;

    Keys(BlobStore store, RecoveryKey recovery) {
        this.store = store;
        this.recovery = recovery;
    }

    /** Makes the first keys, unless there are some. */
    synchronized void make() {
        if (newest().isEmpty()) {
            store.create(name(1), KeyFile.write(KeyRing.make(), recovery));
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
            if (store.create(name(next), KeyFile.write(ring().renewed(), recovery))) {
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
        int number = newest().orElseThrow(() -> new ForeignRepositoryException(
                "%s has lost its keys: bring the folder keys back from a copy".formatted(store)));
        String name = name(number);
        KeyRing ring = KeyFile.read(store.read(name), recovery, "%s in %s".formatted(name, store));
        current = new Numbered(number, ring);
        return ring;
    }

    private int number() {
        Numbered known = current;
        return known == null ? 0 : known.number();
    }

    private Optional<Integer> newest() {
        return store.list(FOLDER).stream()
                .map(NUMBERED::matcher)
                .filter(Matcher::matches)
                .map(name -> Integer.parseInt(name.group(1)))
                .max(Comparator.naturalOrder());
    }

    private static String name(int number) {
        return FOLDER + "/" + number;
    }

    private record Numbered(int number, KeyRing ring) {}
}
