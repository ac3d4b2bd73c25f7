package io.holdfast.backup.restore;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.Progress;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.slice.SliceRange;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.snapshot.TableScan;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.TableName;

/** Brings one table of a backup into one table of the cluster, and compares the two. */
final class TableRestore {
    private final Repository repository;
    private final Cluster cluster;
    private final InstantSource clock;
    private final int inFlight;
    private final JobReport report;

    TableRestore(Repository repository, Cluster cluster, InstantSource clock, int inFlight, JobReport report) {
        this.repository = repository;
        this.cluster = cluster;
        this.clock = clock;
        this.inFlight = inFlight;
        this.report = report;
    }

    /** Makes the table, its types and keyspace, and on request its indexes, where they are missing. */
    void create(TargetTable target, boolean withIndexes) {
        target.statements().forEach(cluster::executeSchema);
        if (withIndexes) {
            target.indexes().forEach(cluster::executeSchema);
        }
    }

    /**
     * Writes the backup's rows into the table and compares.
     *
     * @throws JobFailedException when the table then holds anything else than the backup
     */
    void fill(Manifest manifest, TableEntry source, TableName target, String phase) {
        Instant began = clock.instant();
        load(manifest, source, target, phase, began);
        compare(source, target, ChronoUnit.MICROS.between(Instant.EPOCH, began)).ifPresent(difference -> {
            throw new JobFailedException(
                    "After %s, table %s is not what the backup holds: %s. Was it written to meanwhile? Ask again while it is not"
                            .formatted(phase, target, difference));
        });
    }

    /** Writes the backup's rows into a table that nobody else writes into, and gives the first difference, or nothing. */
    Optional<String> rehearse(Manifest manifest, TableEntry source, TableName target) {
        load(manifest, source, target, "rehearse", clock.instant());
        return compare(source, target, Long.MAX_VALUE);
    }

    private void load(Manifest manifest, TableEntry source, TableName target, String phase, Instant began) {
        RowWriter writer = new RowWriter(cluster, source.shape().as(target), began.getEpochSecond(), manifest.second());
        report.phase(phase + " " + target, rows(0, source));
        new TableLoader(repository, cluster, inFlight).load(source, writer, counting(source));
    }

    private Optional<String> compare(TableEntry source, TableName target, long beganMicros) {
        report.phase("compare " + target, rows(0, source));
        long second = clock.instant().getEpochSecond();
        Stored stored = new Stored(source, second);
        return new TableComparison(beganMicros, counting(source))
                .difference(stored, new TableScan(cluster, source.shape().as(target), second).rows(SliceRange.RING))
                .map(difference -> difference + stored.position());
    }

    private LongConsumer counting(TableEntry source) {
        AtomicLong done = new AtomicLong();
        return more -> report.progress(rows(Math.min(done.addAndGet(more), source.rows()), source));
    }

    private static Progress rows(long done, TableEntry source) {
        return new Progress(done, source.rows(), "rows");
    }

    /** The rows of a backup as they are at a second; one slice is in memory at a time. */
    private final class Stored implements Iterator<SliceRow> {
        private final Iterator<SliceEntry> slices;
        private final long second;
        private final Deque<SliceRow> ready = new ArrayDeque<>();
        private @Nullable SliceEntry latest;

        Stored(TableEntry source, long second) {
            this.slices = source.slices().iterator();
            this.second = second;
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && slices.hasNext()) {
                SliceEntry slice = slices.next();
                latest = slice;
                repository.rows(slice).forEach(row -> row.at(second).ifPresent(ready::add));
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
