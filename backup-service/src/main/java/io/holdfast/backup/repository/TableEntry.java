package io.holdfast.backup.repository;

import java.util.List;

import io.holdfast.backup.table.ColumnShape;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableSchema;
import io.holdfast.backup.table.TableShape;

/**
 * One table in a manifest.
 *
 * @param keyspace the keyspace that holds the table
 * @param table the table's own name
 * @param rows how many rows and static parts all slices hold together
 * @param bytes how many bytes all slices take together, as stored
 * @param schema how the table is made
 * @param columns its columns; a cell names its column by the position in this list
 * @param slices by ascending token; together they hold every row
 */
public record TableEntry(
        String keyspace,
        String table,
        long rows,
        long bytes,
        TableSchema schema,
        List<ColumnShape> columns,
        List<SliceEntry> slices) {
    public TableEntry {
        columns = List.copyOf(columns);
        slices = List.copyOf(slices);
    }

    public static TableEntry of(TableShape shape, TableSchema schema, List<SliceEntry> slices) {
        return new TableEntry(
                shape.name().keyspace(),
                shape.name().table(),
                slices.stream().mapToLong(SliceEntry::rows).sum(),
                slices.stream().mapToLong(SliceEntry::bytes).sum(),
                schema,
                shape.columns(),
                slices);
    }

    public TableName name() {
        return new TableName(keyspace, table);
    }

    public TableShape shape() {
        return new TableShape(name(), columns);
    }
}
