package io.holdfast.backup.repository;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.OptionalLong;

/** A store that can be read and not written. */
record ReadOnlyStore(BlobStore store) implements BlobStore {
    @Override
    public boolean create(String name, ByteBuffer content) {
        throw refused(name);
    }

    @Override
    public void replace(String name, ByteBuffer content) {
        throw refused(name);
    }

    @Override
    public ByteBuffer read(String name) {
        return store.read(name);
    }

    @Override
    public OptionalLong size(String name) {
        return store.size(name);
    }

    @Override
    public List<String> list(String folder) {
        return store.list(folder);
    }

    @Override
    public boolean delete(String name) {
        throw refused(name);
    }

    private static UncheckedIOException refused(String name) {
        return new UncheckedIOException(new FileSystemException(name, null, "Read-only file system"));
    }
}
