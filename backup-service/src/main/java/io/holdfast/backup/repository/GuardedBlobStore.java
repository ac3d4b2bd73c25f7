package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

import io.holdfast.failover.guard.Guard;
import io.holdfast.failover.guard.Guards;

/** A blob store that is called through the guard of the dependency {@code repository}. */
public final class GuardedBlobStore implements BlobStore {
    private final BlobStore store;
    private final Guards guards;

    public GuardedBlobStore(BlobStore store, Guards guards) {
        this.store = store;
        this.guards = guards;
    }

    @Override
    public boolean create(String name, ByteBuffer content) {
        AtomicBoolean tried = new AtomicBoolean();
        return guard().repeatable(() -> {
            boolean again = tried.getAndSet(true);
            // A first try may have got through unseen; the name is taken by these very bytes then.
            return store.create(name, content) || (again && isThere(name, content));
        });
    }

    @Override
    public void replace(String name, ByteBuffer content) {
        guard().repeatable(() -> store.replace(name, content));
    }

    @Override
    public ByteBuffer read(String name) {
        return guard().repeatable(() -> store.read(name));
    }

    @Override
    public OptionalLong size(String name) {
        return guard().repeatable(() -> store.size(name));
    }

    @Override
    public List<String> list(String folder) {
        return guard().repeatable(() -> store.list(folder));
    }

    @Override
    public boolean delete(String name) {
        AtomicBoolean tried = new AtomicBoolean();
        return guard().repeatable(() -> {
            boolean again = tried.getAndSet(true);
            // When there is none the second time, it was the first try that removed it.
            return store.delete(name) || again;
        });
    }

    @Override
    public void settle(String name) {
        guard().repeatable(() -> {
            store.settle(name);
            return true;
        });
    }

    @Override
    public int sweep() {
        return guard().repeatable(store::sweep);
    }

    @Override
    public OptionalLong usableBytes() {
        return guard().repeatable(store::usableBytes);
    }

    @Override
    public String toString() {
        return store.toString();
    }

    private boolean isThere(String name, ByteBuffer content) {
        try {
            return store.read(name).equals(content);
        } catch (NoSuchBlobException removedMeanwhile) {
            return false;
        }
    }

    private Guard guard() {
        return guards.of("repository");
    }
}
