package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A store in memory whose process can be killed at any operation that changes something: that one and all later fail. */
public final class MemoryBlobStore implements BlobStore {
    private final NavigableMap<String, ByteBuffer> blobs = new ConcurrentSkipListMap<>();
    private final Set<String> looked = ConcurrentHashMap.newKeySet();
    private int changesLeft = Integer.MAX_VALUE;
    private int changes;
    private OptionalLong usable = OptionalLong.empty();

    /** The process was killed. */
    public static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    public MemoryBlobStore() {}

    private MemoryBlobStore(MemoryBlobStore other) {
        blobs.putAll(other.blobs);
    }

    /** Another store that holds the same now. */
    public MemoryBlobStore copy() {
        return new MemoryBlobStore(this);
    }

    /** The names of all there is, in alphabetical order. */
    public List<String> names() {
        return List.copyOf(blobs.keySet());
    }

    public void killAfter(int moreChanges) {
        changesLeft = moreChanges;
    }

    public void startAgain() {
        changesLeft = Integer.MAX_VALUE;
    }

    public int changes() {
        return changes;
    }

    public void flip(String name, int position) {
        ByteBuffer content = blobs.get(name);
        if (content == null) {
            throw new IllegalArgumentException(name);
        }
        ByteBuffer flipped = ByteBuffer.allocate(content.remaining()).put(content.duplicate());
        flipped.flip();
        flipped.put(position, (byte) (flipped.get(position) ^ 1));
        blobs.put(name, flipped);
    }

    /** Sets how much room there is. */
    public void leave(long bytes) {
        usable = OptionalLong.of(bytes);
    }

    @Override
    public OptionalLong usableBytes() {
        return usable;
    }

    @Override
    public boolean create(String name, ByteBuffer content) {
        change();
        return blobs.putIfAbsent(name, copy(content)) == null;
    }

    @Override
    public void replace(String name, ByteBuffer content) {
        change();
        blobs.put(name, copy(content));
    }

    @Override
    public ByteBuffer read(String name) {
        ByteBuffer content = blobs.get(name);
        if (content == null) {
            throw new NoSuchBlobException(name, new IllegalStateException("not in memory"));
        }
        return content.asReadOnlyBuffer();
    }

    /** Which blobs the size of was asked for since {@link #forgetLooks}. */
    public Set<String> looked() {
        return Set.copyOf(looked);
    }

    public void forgetLooks() {
        looked.clear();
    }

    @Override
    public OptionalLong size(String name) {
        looked.add(name);
        ByteBuffer content = blobs.get(name);
        return content == null ? OptionalLong.empty() : OptionalLong.of(content.remaining());
    }

    @Override
    public List<String> list(String folder) {
        return blobs.keySet().stream()
                .filter(name -> name.startsWith(folder + "/"))
                .toList();
    }

    @Override
    public boolean delete(String name) {
        change();
        return blobs.remove(name) != null;
    }

    private synchronized void change() {
        if (changesLeft == 0) {
            throw new Killed();
        }
        changesLeft--;
        changes++;
    }

    private static ByteBuffer copy(ByteBuffer content) {
        return ByteBuffer.allocate(content.remaining()).put(content.duplicate()).flip();
    }
}
