package io.holdfast.backup.restore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.holdfast.backup.slice.Cell;
import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.slice.SliceRow;

/**
 * Numbers the elements of lists anew: once some have expired, those that are left have moved up.
 *
 * @param lists the columns that are such lists
 */
record ListPlaces(Set<Integer> lists) {
    /** The same row with the elements of each list counted from 0 in their order. */
    SliceRow counted(SliceRow row) {
        if (lists.isEmpty()) {
            return row;
        }
        Map<Integer, TreeMap<Integer, Integer>> moved = new HashMap<>();
        cells(row)
                .forEach(cell -> moved.computeIfAbsent(cell.column(), list -> new TreeMap<>())
                        .put(cell.place(), 0));
        moved.values().forEach(places -> {
            int next = 0;
            for (Map.Entry<Integer, Integer> place : places.entrySet()) {
                place.setValue(next++);
            }
        });
        return new SliceRow(
                row.token(),
                row.kind(),
                row.key(),
                row.groups().stream().map(group -> counted(group, moved)).toList());
    }

    private CellGroup counted(CellGroup group, Map<Integer, TreeMap<Integer, Integer>> moved) {
        List<Cell> cells = new ArrayList<>(group.cells().size());
        for (Cell cell : group.cells()) {
            TreeMap<Integer, Integer> places = moved.get(cell.column());
            cells.add(
                    places == null
                            ? cell
                            : new Cell(cell.column(), Cell.place(places.getOrDefault(cell.place(), 0)), cell.value()));
        }
        return new CellGroup(group.writetime(), group.expiry(), cells);
    }

    private List<Cell> cells(SliceRow row) {
        return row.groups().stream()
                .flatMap(group -> group.cells().stream())
                .filter(cell -> lists.contains(cell.column()))
                .toList();
    }
}
