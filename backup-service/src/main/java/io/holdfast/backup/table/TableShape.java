package io.holdfast.backup.table;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.holdfast.backup.table.ColumnShape.Kind;
import io.holdfast.backup.table.ColumnShape.Parts;

/**
 * The columns of a table: partition key and clustering columns in the order of the key, then static and regular columns
 * by name. A {@code Cell} names its column by the position in this list.
 *
 * @param name which table
 * @param columns all of its columns
 */
public record TableShape(TableName name, List<ColumnShape> columns) {
    public TableShape {
        columns = List.copyOf(columns);
    }

    /** Positions of the columns of a kind. */
    public List<Integer> positions(Kind kind) {
        return IntStream.range(0, columns.size())
                .filter(position -> columns.get(position).kind() == kind)
                .boxed()
                .toList();
    }

    /** Whether a column's cells are parts of its value. */
    public boolean hasParts() {
        return columns.stream().anyMatch(column -> column.parts() != Parts.WHOLE);
    }

    /** Positions of the lists that are not frozen: their elements are told apart by their places alone. */
    public Set<Integer> lists() {
        return IntStream.range(0, columns.size())
                .filter(position -> columns.get(position).parts() == Parts.LIST)
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How many columns make up the key of a row, or of a partition's static part. */
    public int keySize(boolean ofPartition) {
        return (int) columns.stream()
                .filter(column -> ofPartition ? column.kind() == Kind.PARTITION_KEY : column.isKey())
                .count();
    }

    /** The same columns under another name. */
    public TableShape as(TableName other) {
        return new TableShape(other, columns);
    }

    /** One line a column; part of what names a slice. */
    public String header() {
        return columns.stream().map(ColumnShape::toString).collect(Collectors.joining("\n"));
    }
}
