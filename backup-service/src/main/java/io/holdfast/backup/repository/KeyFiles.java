package io.holdfast.backup.repository;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.backup.key.KeyFile;
import io.holdfast.backup.key.KeyRing;
import io.holdfast.backup.key.RecoveryKey;
import io.holdfast.backup.key.WrongKeyException;
import io.holdfast.failover.guard.DependencyUnavailableException;

/**
 * Rings of keys by number, each in two blobs of the same bytes: {@code keys/N}, which decides who makes number N, and {@code
 * keys-copy/N}. One of them is enough to read everything; the other is then written anew from it.
 */
final class KeyFiles {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFiles.class);
    private static final String FOLDER = "keys";
    private static final String COPIES = "keys-copy";
    private static final Pattern NUMBERED = Pattern.compile("(?:%s|%s)/([1-9][0-9]{0,8})".formatted(FOLDER, COPIES));

    private final BlobStore store;
    private final RecoveryKey recovery;
    private String told = "";

    KeyFiles(BlobStore store, RecoveryKey recovery) {
        this.store = store;
        this.recovery = recovery;
    }

    /** The highest number of which there is at least one blob. */
    Optional<Integer> newest() {
        return Stream.of(FOLDER, COPIES)
                .flatMap(folder -> store.list(folder).stream())
                .map(NUMBERED::matcher)
                .filter(Matcher::matches)
                .map(name -> Integer.parseInt(name.group(1)))
                .max(Comparator.naturalOrder());
    }

    /**
     * Writes a ring twice.
     *
     * @return false when there is already one of this number
     */
    boolean create(int number, KeyRing ring) {
        ByteBuffer file = KeyFile.write(ring, recovery);
        if (!store.create(FOLDER + "/" + number, file)) {
            return false;
        }
        // Not taken, unless by someone who saw the first one and made its copy.
        store.create(COPIES + "/" + number, file);
        return true;
    }

    /**
     * Reads the ring of a number, and sees to it that it is there twice. One of the two survives a loss of power then: the second is only
     * written when the first is durable, by its maker or, when that one was killed, here.
     *
     * @throws WrongKeyException when the recovery key opens neither blob
     */
    KeyRing read(int number) {
        Look first = look(FOLDER, number);
        Look copy = look(COPIES, number);
        if (first.ring() != null) {
            if (!first.file().equals(copy.file())) {
                mend(copy, first);
            }
            return first.ring();
        }
        if (copy.ring() != null) {
            mend(first, copy);
            return copy.ring();
        }
        throw new WrongKeyException(
                "The recovery key does not open %s nor %s in %s: set HOLDFAST_RECOVERY_KEY to the one the repository was made with; if it is that one, both files are damaged, and one of them must come back from elsewhere"
                        .formatted(first.name(), copy.name(), store),
                first.refusal() == null ? copy.refusal() : first.refusal());
    }

    private void mend(Look broken, Look whole) {
        try {
            if (broken.file().hasRemaining()) {
                store.replace(broken.name(), whole.file());
            } else {
                store.create(broken.name(), whole.file());
            }
            LOG.warn(
                    "keys_mended: {} was missing or damaged and was written anew from {}", broken.name(), whole.name());
        } catch (UncheckedIOException | UnusableStoreException | DependencyUnavailableException failed) {
            // What can be read must be readable in a folder that cannot be written, too.
            if (!told.equals(broken.name())) {
                told = broken.name();
                LOG.warn(
                        "keys_not_mended: {} is missing or damaged, {} is in use: {}",
                        told,
                        whole.name(),
                        failed.toString());
            }
        }
    }

    private Look look(String folder, int number) {
        String name = folder + "/" + number;
        ByteBuffer file;
        try {
            file = store.read(name);
        } catch (NoSuchBlobException missing) {
            return new Look(name, ByteBuffer.allocate(0), null, null);
        }
        try {
            KeyRing ring = KeyFile.read(file, recovery, "%s in %s".formatted(name, store));
            if (ring.size() != number) {
                throw new WrongKeyException(
                        "%s in %s is not what was written under that name".formatted(name, store), null);
            }
            return new Look(name, file, ring, null);
        } catch (WrongKeyException closed) {
            return new Look(name, file, null, closed);
        }
    }

    /** One blob: its bytes, none when it is missing, and the ring in it or why there is none. */
    private record Look(
            String name,
            ByteBuffer file,
            @Nullable KeyRing ring,
            @Nullable WrongKeyException refusal) {}
}
