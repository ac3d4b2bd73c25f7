package io.holdfast.backup.repository;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose process dies at its n-th creation of a blob: that one and all later calls fail until it is started again. */
public final class MortalStore {
    private final BlobStore store;
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    private volatile String kept = "none";
    private final List<Sent> sent = new ArrayList<>();

    /** What was offered to the store, whether it was taken or not. */
    public record Sent(String name, int bytes) {}

    /** The process was killed. */
    public static final class Dead extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    public MortalStore(BlobStore store) {
        this.store = store;
    }

    /** Dies at a later creation: 0 for the next one. */
    public void dieAt(int creation) {
        left.set(creation);
    }

    /** From now on nothing under a folder can be deleted. */
    public void keep(String folder) {
        kept = folder;
    }

    public void startAgain() {
        kept = "none";
        left.set(Integer.MAX_VALUE);
    }

    /** What was offered under a folder since this was asked last. */
    public synchronized List<Sent> sent(String folder) {
        List<Sent> all = sent.stream()
                .filter(blob -> blob.name().startsWith(folder + "/"))
                .toList();
        sent.clear();
        return all;
    }

    public BlobStore asStore() {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    if (left.get() < 0) {
                        throw new Dead();
                    }
                    if (method.getName().equals("create")) {
                        if (left.getAndUpdate(more -> more == Integer.MAX_VALUE ? more : more - 1) == 0) {
                            throw new Dead();
                        }
                        note(String.valueOf(arguments[0]), ((ByteBuffer) arguments[1]).remaining());
                    }
                    if (method.getName().equals("delete")
                            && String.valueOf(arguments[0]).startsWith(kept)) {
                        throw new IllegalStateException("Cannot be deleted");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private synchronized void note(String name, int bytes) {
        sent.add(new Sent(name, bytes));
    }
}
