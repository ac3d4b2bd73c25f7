package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The blob {@code config}, which says that there is a repository and in which format. */
final class FormatFile {
    private static final String NAME = "config";
    private static final String FORMAT = "holdfast repository 2\n";

    private FormatFile() {}

    /**
     * Looks whether the store holds a repository this version can read, and makes one if it is empty.
     *
     * @throws ForeignRepositoryException when it holds something else
     */
    static void requireOrMake(BlobStore store, Keys keys) {
        ByteBuffer format = ByteBuffer.wrap(FORMAT.getBytes(StandardCharsets.US_ASCII));
        if (store.size(NAME).isEmpty()) {
            boolean isEmpty = store.list(Repository.SNAPSHOTS).isEmpty()
                    && store.list(Slices.FOLDER).isEmpty();
            // Another service may have made the repository meanwhile, its config before anything else.
            if (!isEmpty && store.size(NAME).isEmpty()) {
                throw new ForeignRepositoryException(
                        "%s holds files but no repository's config: name an empty folder for backups, or, if these are backups whose config was lost, make the file config there with the one line '%s'"
                                .formatted(store, FORMAT.strip()));
            }
            keys.make();
            store.create(NAME, format);
        }
        if (!store.read(NAME).equals(format)) {
            throw new ForeignRepositoryException(
                    "%s is not a repository this version can read: name another folder for backups".formatted(store));
        }
    }
}
