package io.holdfast.backup.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;

/** A store of whose calls a share fails: half of those before they did anything, half of them after they did it. */
public final class FlakyStore implements BlobStore {
    private final BlobStore store;
    private final Random random;
    private final double share;

    public FlakyStore(BlobStore store, long seed, double share) {
        this.store = store;
        this.random = new Random(seed);
        this.share = share;
    }

    @Override
    public boolean create(String name, ByteBuffer content) {
        return perhaps(() -> store.create(name, content));
    }

    @Override
    public void replace(String name, ByteBuffer content) {
        perhaps(() -> {
            store.replace(name, content);
            return true;
        });
    }

    @Override
    public ByteBuffer read(String name) {
        return perhaps(() -> store.read(name));
    }

    @Override
    public OptionalLong size(String name) {
        return perhaps(() -> store.size(name));
    }

    @Override
    public List<String> list(String folder) {
        return perhaps(() -> store.list(folder));
    }

    @Override
    public boolean delete(String name) {
        return perhaps(() -> store.delete(name));
    }

    @Override
    public void keepRoom() {
        perhaps(() -> {
            store.keepRoom();
            return true;
        });
    }

    @Override
    public boolean freeRoom() {
        return perhaps(store::freeRoom);
    }

    private <T> T perhaps(Supplier<T> call) {
        double drawn = random.nextDouble();
        if (drawn < share / 2) {
            throw failure();
        }
        T answer = call.get();
        if (drawn < share) {
            throw failure();
        }
        return answer;
    }

    private static UncheckedIOException failure() {
        return new UncheckedIOException(new IOException("Connection reset"));
    }
}
