package io.holdfast.backup.repository;

class MemoryBlobStoreTest extends BlobStoreContract {
    private final MemoryBlobStore store = new MemoryBlobStore();

    @Override
    protected BlobStore store() {
        return store;
    }
}
