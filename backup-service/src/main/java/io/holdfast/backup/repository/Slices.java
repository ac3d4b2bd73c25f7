package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.key.BrokenSealException;
import io.holdfast.backup.slice.DamagedSliceException;
import io.holdfast.backup.slice.EncodedRows;
import io.holdfast.backup.slice.Sha256;
import io.holdfast.backup.slice.SliceFile;
import io.holdfast.backup.slice.SliceRange;
import io.holdfast.backup.slice.SliceRow;

/** Slices in blobs {@code objects/ab/abcd…}, named by their content. What the methods promise stands at {@link Repository}. */
final class Slices {
    static final String FOLDER = "objects";

    private final BlobStore store;
    private final Keys keys;

    Slices(BlobStore store, Keys keys) {
        this.store = store;
        this.keys = keys;
    }

    static String object(String id) {
        return "%s/%s/%s".formatted(FOLDER, id.substring(0, 2), id);
    }

    SliceEntry put(SliceRange range, int part, String columns, EncodedRows rows) {
        String id = keys.ring().nameOf(SliceFile.digest(columns, rows));
        String name = object(id);
        ByteBuffer file = keys.ring().seal(name, SliceFile.write(columns, rows));
        if (!store.create(name, file)) {
            ByteBuffer present = store.read(name);
            if (holds(present, id)) {
                file = present;
            } else {
                store.replace(name, file);
            }
        }
        return new SliceEntry(id, range.first(), range.last(), part, rows.count(), file.remaining(), Sha256.of(file));
    }

    List<SliceRow> rows(SliceEntry slice) {
        return SliceFile.read(content(slice));
    }

    void verify(SliceEntry slice) {
        ByteBuffer file = content(slice);
        SliceFile.Content content;
        try {
            content = SliceFile.content(file);
        } catch (DamagedSliceException damaged) {
            throw damaged(slice, String.valueOf(damaged.getMessage()), damaged);
        }
        if (!isOf(content, slice.id()) || content.rows() != slice.rows()) {
            throw damaged(slice, "it holds other rows than it was written with", null);
        }
    }

    void verifyStructure(SliceEntry slice) {
        ByteBuffer file = stored(slice);
        if (file.remaining() != slice.bytes() || !Sha256.of(file).equals(slice.sha256())) {
            verify(slice);
        }
    }

    boolean isPresent(SliceEntry slice) {
        OptionalLong size = store.size(object(slice.id()));
        return size.isPresent() && (size.getAsLong() == slice.bytes() || isWhole(slice));
    }

    /**
     * What a slice holds. The seal tells whether it is what was written, not the digest of the stored bytes: a slice that was found
     * damaged and written anew is whole for older backups too, though sealed with other random bytes.
     */
    private ByteBuffer content(SliceEntry slice) {
        try {
            return keys.open(object(slice.id()), stored(slice));
        } catch (BrokenSealException broken) {
            throw damaged(slice, "its stored bytes are not those that were written", broken);
        }
    }

    private ByteBuffer stored(SliceEntry slice) {
        try {
            return store.read(object(slice.id()));
        } catch (NoSuchBlobException missing) {
            throw damaged(slice, "it is missing", missing);
        }
    }

    private boolean isWhole(SliceEntry slice) {
        try {
            verify(slice);
            return true;
        } catch (DamagedSliceException damaged) {
            return false;
        }
    }

    private static DamagedSliceException damaged(SliceEntry slice, String reason, @Nullable Throwable cause) {
        return new DamagedSliceException("Slice %s is damaged: %s".formatted(slice.id(), reason), cause);
    }

    private boolean holds(ByteBuffer file, String id) {
        try {
            return isOf(SliceFile.content(keys.open(object(id), file)), id);
        } catch (DamagedSliceException | BrokenSealException damaged) {
            return false;
        }
    }

    private boolean isOf(SliceFile.Content content, String id) {
        return keys.ring().nameOf(content.digest()).equals(id);
    }
}
