package io.holdfast.backup.snapshot;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;

import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.slice.RowBuffer;
import io.holdfast.backup.slice.SliceCutter;
import io.holdfast.backup.slice.SliceFormat;
import io.holdfast.backup.slice.SliceRange;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.TableShape;

/**
 * Stores one table as slices. A table that fits into one slice is one slice; a larger one is read in fixed ranges, several
 * at a time, each cut further as its rows demand.
 */
final class TableBackup {
    private static final int HALVINGS = 4;

    private final Repository repository;
    private final Cluster cluster;
    private final SnapshotLimits limits;

    TableBackup(Repository repository, Cluster cluster, SnapshotLimits limits) {
        this.repository = repository;
        this.cluster = cluster;
        this.limits = limits;
    }

    /** Reads and stores all rows as they are at a second, and gives the slices by ascending token. */
    List<SliceEntry> take(TableShape shape, long second, ScanProgress progress) {
        TableScan scan = new TableScan(cluster, shape, second);
        SliceFormat format = shape.hasParts() ? SliceFormat.PARTS : SliceFormat.WHOLE;
        RowBuffer first = new RowBuffer(format);
        Iterator<SliceRow> rows = scan.rows(SliceRange.RING);
        while (first.bytes() <= limits.sliceBytes()) {
            if (!rows.hasNext()) {
                return whole(shape, first, progress);
            }
            first.add(rows.next());
        }
        List<Callable<List<SliceEntry>>> ranges = new ArrayList<>();
        for (SliceRange range : halved(List.of(SliceRange.RING), HALVINGS)) {
            ranges.add(() -> range(scan, shape.header(), format, range, progress));
        }
        return limits.inParallel().run(ranges).stream().flatMap(List::stream).toList();
    }

    private List<SliceEntry> whole(TableShape shape, RowBuffer rows, ScanProgress progress) {
        int count = rows.rows();
        progress.read(count, 1);
        return count == 0 ? List.of() : List.of(repository.put(SliceRange.RING, 0, shape.header(), rows.take(count)));
    }

    private List<SliceEntry> range(
            TableScan scan, String header, SliceFormat format, SliceRange range, ScanProgress progress) {
        List<SliceEntry> slices = new ArrayList<>();
        SliceCutter cutter = new SliceCutter(range, limits.sliceBytes(), format, (cut, part, rows) -> {
            slices.add(repository.put(cut, part, header, rows));
            progress.read(rows.count(), part == 0 ? cut.share() : 0);
        });
        scan.rows(range).forEachRemaining(cutter::add);
        cutter.finish();
        double empty = range.share()
                - slices.stream()
                        .filter(slice -> slice.part() == 0)
                        .mapToDouble(slice -> new SliceRange(slice.firstToken(), slice.lastToken()).share())
                        .sum();
        progress.read(0, empty);
        return slices;
    }

    private static List<SliceRange> halved(List<SliceRange> ranges, int times) {
        if (times == 0) {
            return ranges;
        }
        List<SliceRange> halves = new ArrayList<>();
        for (SliceRange range : ranges) {
            halves.add(range.lowerHalf());
            halves.add(range.upperHalf());
        }
        return halved(halves, times - 1);
    }
}
