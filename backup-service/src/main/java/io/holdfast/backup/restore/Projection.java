package io.holdfast.backup.restore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.holdfast.backup.slice.Cell;
import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.table.ColumnShape;
import io.holdfast.backup.table.TableShape;

/** The rows of a table without some of its columns. */
final class Projection {
    private final TableShape shape;
    private final boolean isWhole;
    private final Map<Integer, Integer> kept = new HashMap<>();

    /**
     * Leaves columns out.
     *
     * @param ignored their names; of the primary key none
     */
    Projection(TableShape whole, Set<String> ignored) {
        List<ColumnShape> columns = new ArrayList<>();
        for (int position = 0; position < whole.columns().size(); position++) {
            ColumnShape column = whole.columns().get(position);
            if (!ignored.contains(column.name())) {
                kept.put(position, columns.size());
                columns.add(column);
            }
        }
        this.shape = new TableShape(whole.name(), columns);
        this.isWhole = columns.size() == whole.columns().size();
    }

    /** The columns that are left. */
    TableShape shape() {
        return shape;
    }

    /** The row; a group of cells of which none is left stays, empty, and says how long the row lives. */
    SliceRow of(SliceRow row) {
        if (isWhole) {
            return row;
        }
        List<CellGroup> groups = new ArrayList<>();
        for (CellGroup group : row.groups()) {
            List<Cell> cells = new ArrayList<>();
            for (Cell cell : group.cells()) {
                Integer position = kept.get(cell.column());
                if (position != null) {
                    cells.add(new Cell(position, cell.path(), cell.value()));
                }
            }
            // A row lives as long as its cells, also as those that are left out.
            if (!cells.isEmpty() || row.kind() == SliceRow.Kind.ROW) {
                groups.add(new CellGroup(group.writetime(), group.expiry(), cells));
            }
        }
        return new SliceRow(row.token(), row.kind(), row.key(), groups);
    }

    /** A row as CQL shows it, which does not show how long a row lives. */
    static SliceRow shown(SliceRow row) {
        List<CellGroup> groups =
                row.groups().stream().filter(group -> !group.cells().isEmpty()).toList();
        return groups.size() == row.groups().size() ? row : new SliceRow(row.token(), row.kind(), row.key(), groups);
    }

    /** Whether anything is left of a row: of static columns that are all left out nothing is. */
    boolean isLeft(SliceRow projected) {
        return projected.kind() == SliceRow.Kind.ROW || !projected.isKeyOnly();
    }
}
