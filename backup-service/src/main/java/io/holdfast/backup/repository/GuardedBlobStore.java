package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import io.holdfast.backup.patience.Patience;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.Guards;

/** A blob store that is called through the guard of the dependency {@code repository}, and waited for while it is away. */
public final class GuardedBlobStore implements BlobStore {
    private static final Patience NONE = new Patience(Duration.ZERO);

    private final BlobStore store;
    private final Guards guards;
    private final Patience patience;
    private volatile long givenUpAt;

    /** One whose calls are never waited for: whoever asked is told. */
    public GuardedBlobStore(BlobStore store, Guards guards) {
        this(store, guards, NONE);
    }

    public GuardedBlobStore(BlobStore store, Guards guards, Patience patience) {
        this.store = store;
        this.guards = guards;
        this.patience = patience;
        this.givenUpAt = System.nanoTime() - patience.bound().toNanos();
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
        AtomicBoolean tried = new AtomicBoolean();
        return call(() -> {
            boolean again = tried.getAndSet(true);
            return store.freeRoom() || again;
        });
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

    /** Once it has been away for so long that nobody waited any more, nobody waits for the next call either. */
    private <T> T call(Callable<T> call) {
        boolean isGivenUp = System.nanoTime() - givenUpAt < patience.bound().toNanos();
        try {
            T answer = (isGivenUp ? NONE : patience)
                    .call(() -> guards.of("repository").repeatable(call));
            givenUpAt = System.nanoTime() - patience.bound().toNanos();
            return answer;
        } catch (DependencyUnavailableException away) {
            if (!isGivenUp) {
                givenUpAt = System.nanoTime();
            }
            throw away;
        }
    }
}
