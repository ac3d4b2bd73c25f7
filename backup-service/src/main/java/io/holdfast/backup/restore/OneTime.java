package io.holdfast.backup.restore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.slice.Cell;
import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.slice.GroupGatherer;
import io.holdfast.backup.slice.SliceRow;

/** Rows whose cells were all written at one time, in an order that does not depend on when they were written before. */
final class OneTime {
    private static final Comparator<Timed> ORDER = Comparator.comparingInt((Timed timed) -> timed.cell.column())
            .thenComparing((one, other) -> compare(one.cell.path(), other.cell.path()));

    private OneTime() {}

    /** The row as it is when all of it was written at one time. */
    static SliceRow written(SliceRow row, long writetime) {
        SliceRow written = gathered(row, cells(row).map(timed -> new Timed(writetime, timed.expiry, timed.cell)));
        List<CellGroup> groups = new ArrayList<>(written.groups());
        // They say how long the row lives: see Projection.
        row.groups().stream()
                .filter(group -> group.cells().isEmpty())
                .map(group -> new CellGroup(writetime, group.expiry(), List.of()))
                .forEach(groups::add);
        return new SliceRow(row.token(), row.kind(), row.key(), groups);
    }

    /** The row with its times as they are, its cells in the order that {@link #written} gives them. */
    static SliceRow sorted(SliceRow row) {
        return gathered(row, cells(row));
    }

    private static Stream<Timed> cells(SliceRow row) {
        return row.groups().stream()
                .flatMap(group ->
                        group.cells().stream().map(cell -> new Timed(group.writetime(), group.expiry(), cell)));
    }

    private static SliceRow gathered(SliceRow row, Stream<Timed> cells) {
        GroupGatherer groups = new GroupGatherer();
        cells.sorted(ORDER).forEach(timed -> groups.add(timed.writetime, timed.expiry, timed.cell));
        return new SliceRow(row.token(), row.kind(), row.key(), groups.groups());
    }

    private static int compare(@Nullable ByteBuffer one, @Nullable ByteBuffer other) {
        if (one == null || other == null) {
            return Boolean.compare(one != null, other != null);
        }
        return one.compareTo(other);
    }

    private record Timed(long writetime, long expiry, Cell cell) {}
}
