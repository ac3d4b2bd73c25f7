package io.holdfast.backup.repository;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/**
 * The only way to the place where backups are kept. A blob is written whole or not at all, and once a call that writes
 * or deletes has returned, its outcome survives a crash and a loss of power.
 *
 * <p>Names are lower-case words of letters, digits and dashes, joined by dots and slashes: {@code objects/4f/4fa1}.
 * Every method throws {@link UncheckedIOException} when the store itself fails, and {@link UnusableStoreException} when somebody has to
 * mend it: {@link FullStoreException} when it has no room.
 */
public interface BlobStore {
    /**
     * Writes a blob unless the name is taken.
     *
     * @return false when there is already a blob of that name, which is left as it is
     */
    boolean create(String name, ByteBuffer content);

    /** Writes a blob in place of the one of that name, if there is one. */
    void replace(String name, ByteBuffer content);

    /**
     * The content of a blob.
     *
     * @throws NoSuchBlobException when there is none of that name
     */
    ByteBuffer read(String name);

    /** The size of a blob in bytes, or nothing when there is none. */
    OptionalLong size(String name);

    /** The names of all blobs below a folder, at any depth, in alphabetical order. What cannot be the name of a blob is not among them. */
    List<String> list(String folder);

    /**
     * Removes a blob.
     *
     * @return false when there was none of that name
     */
    boolean delete(String name);

    /**
     * Makes durable that there is a blob of a name, or none: what one sees may be the doing of a process that was killed before it was.
     */
    default void settle(String name) {}

    /**
     * Removes what interrupted writes left behind, as far as it is certain that nobody writes it any more.
     *
     * @return how many files
     */
    default int sweep() {
        return 0;
    }

    /** Keeps some room back, if it is bounded and does not yet, for removals once all else is full. */
    default void keepRoom() {}

    /**
     * Gives up the room that was kept back.
     *
     * @return false when there was none
     */
    default boolean freeRoom() {
        return false;
    }

    /** How many bytes more it takes, or nothing when that has no bound. */
    default OptionalLong usableBytes() {
        return OptionalLong.empty();
    }
}
