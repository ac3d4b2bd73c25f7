package io.holdfast.backup.repository;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * What a {@link FolderBlobStore} does to a disk, step by step. Nothing survives a loss of power unless it was synced: the content of a
 * file by its own sync, its name by the sync of the folder it stands in.
 */
interface Disk {
    /**
     * Makes one folder.
     *
     * @throws FileAlreadyExistsException when the name is taken
     */
    void makeFolder(Path folder) throws IOException;

    /** Makes a new file of no content. */
    NewFile create(Path file) throws IOException;

    /**
     * Gives a file one more name.
     *
     * @throws FileAlreadyExistsException when the name is taken
     */
    void link(Path name, Path file) throws IOException;

    /** Takes a file's name away and puts it in the place of another, at once. */
    void rename(Path from, Path to) throws IOException;

    /** Takes a name away; false when there was none. */
    boolean delete(Path file) throws IOException;

    /** Makes durable which names stand in a folder. */
    void syncFolder(Path folder) throws IOException;

    /** A file that is being written. */
    interface NewFile extends Closeable {
        void write(ByteBuffer content) throws IOException;

        /** Makes the content durable. */
        void sync() throws IOException;
    }
}
