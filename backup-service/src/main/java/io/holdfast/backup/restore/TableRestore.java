package io.holdfast.backup.restore;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.Progress;
import io.holdfast.backup.repository.Fence;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.slice.SliceRange;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.snapshot.TableScan;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableShape;

/** Brings one table of a backup into one table of the cluster, and compares the two. */
final class TableRestore {
    private final Repository repository;
    private final Cluster cluster;
    private final InstantSource clock;
    private final int inFlight;
    private final JobReport report;
    private final Fence fence;

    TableRestore(
            Repository repository, Cluster cluster, InstantSource clock, int inFlight, JobReport report, Fence fence) {
        this.repository = repository;
        this.cluster = cluster;
        this.clock = clock;
        this.inFlight = inFlight;
        this.report = report;
        this.fence = fence;
    }

    /** Makes the table, its types and keyspace where they are missing. */
    void create(TargetTable target) {
        target.statements().forEach(cluster::executeSchema);
    }

    /** The same with an id for the table, unless there is a table of that name. */
    void create(TargetTable target, UUID id) {
        target.statements(id).forEach(cluster::executeSchema);
    }

    /** Makes its indexes where they are missing, but for those of some columns. */
    void createIndexes(TargetTable target, Set<String> ignoredColumns) {
        target.indexes(ignoredColumns).forEach(cluster::executeSchema);
    }

    /**
     * Writes the backup's rows into the table and compares.
     *
     * @throws JobFailedException when the table then holds anything else than the backup
     */
    void fill(Manifest manifest, RestoreSource source, TableName target, String phase) {
        Instant began = clock.instant();
        TableShape shape = load(source, target, phase, began, TimeUnit.SECONDS.toMicros(manifest.second()));
        requireEqual(source, target, phase, ChronoUnit.MICROS.between(Instant.EPOCH, began), whole(shape));
    }

    /** Writes the backup's rows into a table that nobody else writes into, and gives the first difference, or nothing. */
    Optional<String> rehearse(Manifest manifest, RestoreSource source, TableName target) {
        long keyOnlyWritetime = TimeUnit.SECONDS.toMicros(manifest.second());
        TableShape shape = load(source, target, "rehearse", clock.instant(), keyOnlyWritetime);
        return difference(source, target, Long.MAX_VALUE, whole(shape));
    }

    private LongFunction<Iterator<SliceRow>> whole(TableShape shape) {
        return second -> new TableScan(cluster, shape, second).rows(SliceRange.RING);
    }

    /**
     * Writes the backup's rows of one partition into it, all as written at one time, and compares.
     *
     * @param writetime in microseconds since 1970: later than the deletion that emptied the partition
     * @throws JobFailedException when the partition then holds anything else than the backup
     */
    void fillPartition(RestoreSource original, PartitionKey partition, TableName target, long writetime) {
        RestoreSource source = original.rewritten(row -> OneTime.written(row, writetime));
        TableShape shape = load(source, target, "load", clock.instant(), writetime);
        requireEqual(
                source,
                target,
                "load",
                writetime + 1,
                second -> rows(new TableScan(cluster, shape, second), partition));
    }

    private static Iterator<SliceRow> rows(TableScan scan, PartitionKey partition) {
        Spliterator<SliceRow> rows =
                Spliterators.spliteratorUnknownSize(scan.rows(partition.range()), Spliterator.ORDERED);
        return StreamSupport.stream(rows, false)
                .filter(partition::holds)
                .map(OneTime::sorted)
                .iterator();
    }

    private TableShape load(
            RestoreSource source, TableName target, String phase, Instant began, long keyOnlyWritetime) {
        TableShape shape = source.shape().as(target);
        long second = began.getEpochSecond();
        RowWriter writer = new RowWriter(cluster, shape, second, keyOnlyWritetime);
        report.phase(phase + " " + target, rows(0, source));
        new TableLoader(repository, cluster, inFlight)
                .load(source, writer, new ListWriter(cluster, shape, second), fence::require, counting(source));
        return shape;
    }

    private void requireEqual(
            RestoreSource source, TableName target, String phase, long newFrom, LongFunction<Iterator<SliceRow>> scan) {
        Optional<String> difference = difference(source, target, newFrom, scan);
        if (difference.isPresent()) {
            fence.require();
            throw new JobFailedException(
                    "After %s, table %s is not what the backup holds: %s. Was it written to meanwhile? Ask again while it is not"
                            .formatted(phase, target, difference.get()));
        }
    }

    private Optional<String> difference(
            RestoreSource source, TableName target, long newFrom, LongFunction<Iterator<SliceRow>> scan) {
        fence.require();
        report.phase("compare " + target, rows(0, source));
        long second = clock.instant().getEpochSecond();
        Stored stored = new Stored(source, second);
        return new TableComparison(newFrom, counting(source))
                .difference(stored, scan.apply(second))
                .map(difference -> difference + stored.position());
    }

    private LongConsumer counting(RestoreSource source) {
        AtomicLong done = new AtomicLong();
        return more -> report.progress(
                rows(Math.min(done.addAndGet(more), source.table().rows()), source));
    }

    private static Progress rows(long done, RestoreSource source) {
        long total = source.table().rows();
        long bytes = total == 0 ? 0 : source.table().bytes() * done / total;
        return new Progress(done, total, "rows", bytes);
    }

    /** The rows of a backup as they are at a second; one slice is in memory at a time. */
    private final class Stored implements Iterator<SliceRow> {
        private final RestoreSource source;
        private final Iterator<SliceEntry> slices;
        private final ListPlaces places;
        private final long second;
        private final Deque<SliceRow> ready = new ArrayDeque<>();
        private @Nullable SliceEntry latest;

        Stored(RestoreSource source, long second) {
            this.source = source;
            this.slices = source.slices().iterator();
            this.places = new ListPlaces(source.shape().lists());
            this.second = second;
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && slices.hasNext()) {
                SliceEntry slice = slices.next();
                latest = slice;
                source.rows(repository, slice)
                        .forEach(row -> row.at(second)
                                .map(Projection::shown)
                                .map(places::counted)
                                .ifPresent(ready::add));
            }
            return !ready.isEmpty();
        }

        /** Where the comparison has come to, told for a person. */
        String position() {
            SliceEntry slice = latest;
            return slice == null ? "" : " (at slice %s)".formatted(slice.id());
        }

        @Override
        public SliceRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }
    }
}
