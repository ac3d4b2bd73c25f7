package io.holdfast.backup.snapshot;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import com.datastax.oss.driver.api.core.cql.Row;
import org.jspecify.annotations.Nullable;

import io.holdfast.backup.slice.Cell;
import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.slice.GroupGatherer;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.table.ColumnShape;
import io.holdfast.backup.table.ColumnShape.Kind;
import io.holdfast.backup.table.ColumnShape.Parts;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableShape;

/**
 * Reads rows of one table with WRITETIME and TTL of every cell. Values are taken as they travel, never decoded. A row of
 * the result is: the token, the key's columns, then three values for each other column.
 */
final class RowReader {
    private static final int PER_CELL = 3;

    private final TableShape shape;
    private final int partitionKeySize;
    private final int keySize;
    private final List<Integer> statics;
    private final List<Integer> regulars;
    private final @Nullable PartReader[] partReaders;

    RowReader(TableShape shape) {
        this.shape = shape;
        this.partitionKeySize = shape.keySize(true);
        this.keySize = shape.keySize(false);
        this.statics = shape.positions(Kind.STATIC);
        this.regulars = shape.positions(Kind.REGULAR);
        this.partReaders = partReaders(shape);
    }

    /** Selects a range of tokens: greater than the first value bound, up to and including the second. */
    String select() {
        List<String> selected = new ArrayList<>();
        List<String> partitionKey = shape.columns().stream()
                .filter(column -> column.kind() == Kind.PARTITION_KEY)
                .map(column -> TableName.quoted(column.name()))
                .toList();
        String token = "token(%s)".formatted(String.join(", ", partitionKey));
        selected.add(token);
        for (ColumnShape column : shape.columns()) {
            String name = TableName.quoted(column.name());
            selected.add(name);
            if (!column.isKey()) {
                selected.add("WRITETIME(%s)".formatted(name));
                selected.add("TTL(%s)".formatted(name));
            }
        }
        return "SELECT %s FROM %s WHERE %s > ? AND %s <= ?"
                .formatted(String.join(", ", selected), shape.name().cql(), token, token);
    }

    boolean hasStatics() {
        return !statics.isEmpty();
    }

    /** The static columns of the row's partition, or null when they are all null. */
    @Nullable
    SliceRow readStatic(Row row, long second) {
        List<CellGroup> groups = groups(row, statics, second);
        return groups.isEmpty()
                ? null
                : new SliceRow(token(row), SliceRow.Kind.STATIC, key(row, partitionKeySize), groups);
    }

    /** The row, or null when the partition has static columns only. */
    @Nullable
    SliceRow readRow(Row row, long second) {
        if (keySize > partitionKeySize && row.getBytesUnsafe(1 + partitionKeySize) == null) {
            return null;
        }
        return new SliceRow(token(row), SliceRow.Kind.ROW, key(row, keySize), groups(row, regulars, second));
    }

    List<ByteBuffer> partitionKey(Row row) {
        return key(row, partitionKeySize);
    }

    private static long token(Row row) {
        return asLong(required(row, 0));
    }

    private static List<ByteBuffer> key(Row row, int size) {
        List<ByteBuffer> key = new ArrayList<>(size);
        for (int component = 0; component < size; component++) {
            key.add(required(row, 1 + component));
        }
        return key;
    }

    private List<CellGroup> groups(Row row, List<Integer> columns, long second) {
        GroupGatherer groups = new GroupGatherer();
        for (int column : columns) {
            int at = 1 + keySize + (column - keySize) * PER_CELL;
            ByteBuffer value = row.getBytesUnsafe(at);
            if (value == null) {
                continue;
            }
            PartReader reader = partReaders[column];
            if (reader != null) {
                reader.read(value, required(row, at + 1), required(row, at + 2), second, groups);
                continue;
            }
            long writetime = asLong(required(row, at + 1));
            ByteBuffer ttl = row.getBytesUnsafe(at + 2);
            long expiry = ttl == null ? CellGroup.NEVER : second + ttl.getInt(ttl.position());
            groups.add(writetime, expiry, new Cell(column, value));
        }
        return groups.groups();
    }

    private static ByteBuffer required(Row row, int position) {
        ByteBuffer value = row.getBytesUnsafe(position);
        if (value == null) {
            throw new IllegalStateException("Cassandra gave no value at position %d of a row".formatted(position));
        }
        return value;
    }

    private static long asLong(ByteBuffer value) {
        return value.getLong(value.position());
    }

    private static @Nullable PartReader[] partReaders(TableShape shape) {
        @Nullable
        PartReader[] readers = new @Nullable PartReader[shape.columns().size()];
        for (int column = 0; column < readers.length; column++) {
            Parts parts = shape.columns().get(column).parts();
            readers[column] = parts == Parts.WHOLE ? null : new PartReader(column, parts);
        }
        return readers;
    }
}
