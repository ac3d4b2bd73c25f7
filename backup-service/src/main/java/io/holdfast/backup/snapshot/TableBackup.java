package io.holdfast.backup.snapshot;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;

import io.holdfast.backup.repository.Attempt;
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

    /**
     * Reads and stores all rows as they are at a second, and gives the slices by ascending token. What an earlier try has stored is not
     * read again.
     */
    List<SliceEntry> take(TableShape shape, long second, Attempt attempt, ScanProgress progress) {
        TableScan scan = new TableScan(cluster, shape, second);
        return attempt.knows(shape) ? known(scan, shape, attempt, progress) : unknown(scan, shape, attempt, progress);
    }

    private List<SliceEntry> known(TableScan scan, TableShape shape, Attempt attempt, ScanProgress progress) {
        List<SliceEntry> whole = attempt.stretch(shape, SliceRange.RING).slices();
        if (whole.isEmpty()) {
            return inRanges(scan, shape, attempt, progress);
        }
        whole.forEach(slice -> progress.read(slice.rows(), slice.bytes(), 1));
        return whole;
    }

    private List<SliceEntry> unknown(TableScan scan, TableShape shape, Attempt attempt, ScanProgress progress) {
        RowBuffer first = new RowBuffer(format(shape));
        Iterator<SliceRow> rows = scan.rows(SliceRange.RING);
        while (first.bytes() <= limits.sliceBytes()) {
            if (!rows.hasNext()) {
                return whole(shape, first, attempt, progress);
            }
            first.add(rows.next());
        }
        return inRanges(scan, shape, attempt, progress);
    }

    private List<SliceEntry> inRanges(TableScan scan, TableShape shape, Attempt attempt, ScanProgress progress) {
        List<Callable<List<SliceEntry>>> ranges = new ArrayList<>();
        for (SliceRange range : halved(List.of(SliceRange.RING), HALVINGS)) {
            ranges.add(() -> range(scan, shape, range, attempt.stretch(shape, range), progress));
        }
        return limits.inParallel().run(ranges).stream().flatMap(List::stream).toList();
    }

    private List<SliceEntry> whole(TableShape shape, RowBuffer rows, Attempt attempt, ScanProgress progress) {
        int count = rows.rows();
        Attempt.Stretch stretch = attempt.stretch(shape, SliceRange.RING);
        if (count > 0) {
            stretch.add(repository.put(SliceRange.RING, 0, shape.header(), rows.take(count)));
        }
        progress.read(
                count, stretch.slices().stream().mapToLong(SliceEntry::bytes).sum(), 1);
        return stretch.slices();
    }

    private List<SliceEntry> range(
            TableScan scan, TableShape shape, SliceRange range, Attempt.Stretch stretch, ScanProgress progress) {
        stretch.slices().forEach(slice -> progress.read(slice.rows(), slice.bytes(), share(slice)));
        SliceCutter.Sink sink = (cut, part, rows) -> {
            SliceEntry slice = repository.put(cut, part, shape.header(), rows);
            stretch.add(slice);
            progress.stored(slice.rows(), slice.bytes(), share(slice));
        };
        List<SliceEntry> stored = stretch.slices();
        if (stored.isEmpty()) {
            cut(scan.rows(range), new SliceCutter(range, limits.sliceBytes(), format(shape), sink), progress);
        } else if (stored.getLast().lastToken() < range.last()) {
            SliceRange last = new SliceRange(
                    stored.getLast().firstToken(), stored.getLast().lastToken());
            cut(
                    scan.rows(new SliceRange(last.last() + 1, range.last())),
                    SliceCutter.behind(range, last, limits.sliceBytes(), format(shape), sink),
                    progress);
        }
        double empty = range.share()
                - stretch.slices().stream().mapToDouble(TableBackup::share).sum();
        progress.read(0, 0, empty);
        return stretch.slices();
    }

    private static SliceFormat format(TableShape shape) {
        return shape.hasParts() ? SliceFormat.PARTS : SliceFormat.WHOLE;
    }

    private static void cut(Iterator<SliceRow> rows, SliceCutter cutter, ScanProgress progress) {
        rows.forEachRemaining(row -> {
            progress.coming();
            cutter.add(row);
        });
        cutter.finish();
    }

    /** The share of the ring behind which one is with a slice; of a partition in parts, the first part counts. */
    private static double share(SliceEntry slice) {
        return slice.part() == 0 ? new SliceRange(slice.firstToken(), slice.lastToken()).share() : 0;
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
