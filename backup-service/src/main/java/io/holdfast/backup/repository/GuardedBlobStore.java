package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import io.holdfast.backup.patience.Patience;
import io.holdfast.failover.guard.Guards;

/** A blob store that is called through the guard of the dependency {@code repository}, and waited for while it is away or full. */
public final class GuardedBlobStore implements BlobStore {
    private final BlobStore store;
    private final Guards guards;
    private final Patience patience;

    /** One whose calls are never waited for: whoever asked is told. */
    public GuardedBlobStore(BlobStore store, Guards guards) {
        this(store, guards, new Patience(Duration.ZERO));
    }

    public GuardedBlobStore(BlobStore store, Guards guards, Patience patience) {
        this.store = store;
        this.guards = guards;
        this.patience = patience;
    }

    @Override
    public boolean create(String name, ByteBuffer content) {
        AtomicBoolean tried = new AtomicBoolean();
        return call(() -> {
            boolean again = tried.getAndSet(true);
            // A first try may have got through unseen; the name is taken by these very bytes then.
            return store.create(name, content) || (again && isThere(name, content));
        });
    }

    @Override
    public void replace(String name, ByteBuffer content) {
        call(() -> {
            store.replace(name, content);
            return true;
        });
    }

    @Override
    public ByteBuffer read(String name) {
        return call(() -> store.read(name));
    }

    @Override
    public OptionalLong size(String name) {
        return call(() -> store.size(name));
    }

    @Override
    public List<String> list(String folder) {
        return call(() -> store.list(folder));
    }

    @Override
    public boolean delete(String name) {
        AtomicBoolean tried = new AtomicBoolean();
        return call(() -> {
            boolean again = tried.getAndSet(true);
            // When there is none the second time, it was the first try that removed it.
            return store.delete(name) || again;
        });
    }

    @Override
    public void settle(String name) {
        call(() -> {
            store.settle(name);
            return true;
        });
    }

    @Override
    public int sweep() {
        return call(store::sweep);
    }

    @Override
    public OptionalLong usableBytes() {
        return call(store::usableBytes);
    }

    @Override
    public void keepRoom() {
        call(() -> {
            store.keepRoom();
            return true;
        });
    }

    @Override
    public boolean freeRoom() {
        return call(store::freeRoom);
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

    private <T> T call(Callable<T> call) {
        return patience.call(() -> guards.of("repository").repeatable(call));
    }
}
