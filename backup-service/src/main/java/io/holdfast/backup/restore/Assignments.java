package io.holdfast.backup.restore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import org.jspecify.annotations.Nullable;

import io.holdfast.backup.slice.Cell;
import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.table.CollectionBytes;
import io.holdfast.backup.table.ColumnShape;
import io.holdfast.backup.table.ColumnShape.Parts;
import io.holdfast.backup.table.FieldShape;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableShape;

/**
 * How cells of some columns are written: whole values by INSERT or UPDATE, parts of values by UPDATE alone, for an INSERT
 * would delete the parts that are older. Elements of lists are left to {@link ListWriter}. What has no cell stays unset,
 * which writes nothing.
 */
final class Assignments {
    private final List<ColumnShape> columns;
    private final List<String> inserted = new ArrayList<>();
    private final List<String> updated = new ArrayList<>();
    private final Map<Integer, Integer> insertedAt = new HashMap<>();
    private final Map<Slot, Integer> updatedAt = new HashMap<>();
    private final boolean anyParts;

    /**
     * Numbers what can be assigned.
     *
     * @param positions of the columns in the table's list of columns
     */
    Assignments(TableShape shape, List<Integer> positions) {
        this.columns = shape.columns();
        for (int position : positions) {
            ColumnShape column = columns.get(position);
            String name = TableName.quoted(column.name());
            switch (column.parts()) {
                case WHOLE -> {
                    insertedAt.put(position, inserted.size());
                    inserted.add(name);
                    slot(position, Slot.ALL, name + " = ?");
                }
                case SET, MAP -> slot(position, Slot.ALL, "%1$s = %1$s + ?".formatted(name));
                case FIELDS -> {
                    int field = 0;
                    for (FieldShape shaped : column.fields()) {
                        slot(position, field++, "%s.%s = ?".formatted(name, TableName.quoted(shaped.name())));
                    }
                }
                case LIST -> {}
            }
        }
        this.anyParts = inserted.size() < positions.size();
    }

    /** The names of the columns INSERT writes. */
    List<String> inserted() {
        return inserted;
    }

    /** What UPDATE sets. */
    List<String> updated() {
        return updated;
    }

    boolean hasWhole(CellGroup group) {
        return anyParts
                ? group.cells().stream().anyMatch(cell -> cell.path() == null)
                : !group.cells().isEmpty();
    }

    /** Whether the group holds parts, elements of lists apart. */
    boolean hasParts(CellGroup group) {
        return anyParts
                && group.cells().stream()
                        .anyMatch(cell -> cell.path() != null
                                && columns.get(cell.column()).parts() != Parts.LIST);
    }

    BoundStatementBuilder bindInserted(BoundStatementBuilder statement, CellGroup group, int from) {
        BoundStatementBuilder bound = statement;
        for (Cell cell : group.cells()) {
            if (cell.path() == null) {
                bound = bound.setBytesUnsafe(from + known(insertedAt.get(cell.column())), cell.value());
            }
        }
        return bound;
    }

    /**
     * Binds what UPDATE sets.
     *
     * @param whole also whole values
     */
    BoundStatementBuilder bindUpdated(BoundStatementBuilder statement, CellGroup group, int from, boolean whole) {
        BoundStatementBuilder bound = statement;
        Map<Integer, List<ByteBuffer>> collections = new LinkedHashMap<>(0);
        for (Cell cell : group.cells()) {
            ByteBuffer path = cell.path();
            if (path == null) {
                bound = whole ? bound.setBytesUnsafe(at(from, cell.column(), Slot.ALL), cell.value()) : bound;
                continue;
            }
            switch (columns.get(cell.column()).parts()) {
                case SET -> elements(collections, cell).add(path);
                case MAP -> elements(collections, cell).addAll(List.of(path, cell.value()));
                case FIELDS -> bound = bound.setBytesUnsafe(at(from, cell.column(), cell.place()), cell.value());
                case LIST -> {}
                case WHOLE -> throw new IllegalStateException("A part of a column that is kept as a whole");
            }
        }
        for (Map.Entry<Integer, List<ByteBuffer>> collection : collections.entrySet()) {
            int each = columns.get(collection.getKey()).parts() == Parts.MAP ? 2 : 1;
            bound = bound.setBytesUnsafe(
                    at(from, collection.getKey(), Slot.ALL), CollectionBytes.collection(collection.getValue(), each));
        }
        return bound;
    }

    private static List<ByteBuffer> elements(Map<Integer, List<ByteBuffer>> collections, Cell cell) {
        return collections.computeIfAbsent(cell.column(), column -> new ArrayList<>());
    }

    private void slot(int column, int field, String assignment) {
        updatedAt.put(new Slot(column, field), updated.size());
        updated.add(assignment);
    }

    private int at(int from, int column, int field) {
        return from + known(updatedAt.get(new Slot(column, field)));
    }

    private static int known(@Nullable Integer position) {
        if (position == null) {
            throw new IllegalStateException("A cell of something this table does not have");
        }
        return position;
    }

    private record Slot(int column, int field) {
        static final int ALL = -1;
    }
}
