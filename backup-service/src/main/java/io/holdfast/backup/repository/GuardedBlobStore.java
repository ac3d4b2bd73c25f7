package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

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
        // Not repeated: after a first try that got through unseen, a second would say the name is taken.
        return guard().once(() -> store.create(name, content));
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
        return guard().once(() -> store.delete(name));
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
    public String toString() {
        return store.toString();
    }

    private Guard guard() {
        return guards.of("repository");
    }
}
