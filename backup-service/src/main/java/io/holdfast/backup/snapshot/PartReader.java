package io.holdfast.backup.snapshot;

import java.nio.ByteBuffer;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.slice.Cell;
import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.slice.GroupGatherer;
import io.holdfast.backup.table.CollectionBytes;
import io.holdfast.backup.table.ColumnShape.Parts;

/**
 * Takes a value apart that Cassandra keeps in parts. {@code WRITETIME} and {@code TTL} of such a column are lists: one
 * entry an element in the order of the value, or one a field, null where the field is null or never expires.
 */
final class PartReader {
    private final int column;
    private final Parts parts;

    PartReader(int column, Parts parts) {
        this.column = column;
        this.parts = parts;
    }

    /**
     * Adds a cell for each part that is there.
     *
     * @param second the second the row was read at, from which TTLs count
     */
    void read(ByteBuffer value, ByteBuffer writetimes, ByteBuffer ttls, long second, GroupGatherer groups) {
        int each = parts == Parts.MAP ? 2 : 1;
        List<@Nullable ByteBuffer> values =
                parts == Parts.FIELDS ? CollectionBytes.fields(value) : CollectionBytes.elements(value, each);
        List<@Nullable ByteBuffer> written = CollectionBytes.elements(writetimes, 1);
        List<@Nullable ByteBuffer> left = CollectionBytes.elements(ttls, 1);
        if (written.size() < values.size() / each || left.size() != written.size()) {
            throw new IllegalStateException("Cassandra gave %d WRITETIMEs and %d TTLs for %d parts of a value"
                    .formatted(written.size(), left.size(), values.size() / each));
        }
        for (int place = 0; place < values.size() / each; place++) {
            ByteBuffer first = values.get(place * each);
            ByteBuffer writetime = written.get(place);
            if (first == null || writetime == null) {
                continue;
            }
            ByteBuffer ttl = left.get(place);
            long expiry = ttl == null ? CellGroup.NEVER : second + ttl.getInt(ttl.position());
            groups.add(writetime.getLong(writetime.position()), expiry, cell(place, first, values));
        }
    }

    private Cell cell(int place, ByteBuffer first, List<@Nullable ByteBuffer> values) {
        return switch (parts) {
            case SET -> new Cell(column, first, ByteBuffer.allocate(0));
            case MAP -> {
                ByteBuffer value = values.get(place * 2 + 1);
                if (value == null) {
                    throw new IllegalStateException("Cassandra gave a map with a null in it");
                }
                yield new Cell(column, first, value);
            }
            case LIST, FIELDS -> new Cell(column, Cell.place(place), first);
            case WHOLE -> throw new IllegalStateException("A whole value has no parts");
        };
    }
}
