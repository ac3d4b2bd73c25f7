package io.holdfast.backup.restore;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;

import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.snapshot.TableScan;
import io.holdfast.backup.table.Catalog;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.ColumnShape;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableShape;

/** Deletes one partition of a table. */
final class PartitionEraser {
    private final Cluster cluster;
    private final InstantSource clock;

    PartitionEraser(Cluster cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /**
     * Deletes all that CQL shows of a partition, however far ahead the clocks of its writers were.
     *
     * @return the time of the deletion in microseconds since 1970: what is written later lives
     */
    long erase(TableName table, PartitionKey partition) {
        TableShape shape = new Catalog(cluster).shape(table);
        Instant now = clock.instant();
        long time = Math.max(ChronoUnit.MICROS.between(Instant.EPOCH, now), newest(shape, partition, now));
        cluster.execute(RowWriter.bind(
                        cluster.prepare("DELETE FROM %s USING TIMESTAMP ? WHERE %s"
                                        .formatted(table.cql(), where(shape)))
                                .boundStatementBuilder()
                                .setLong(0, time),
                        partition.values(),
                        1)
                .build());
        return time;
    }

    private long newest(TableShape shape, PartitionKey partition, Instant now) {
        long newest = Long.MIN_VALUE;
        Iterator<SliceRow> rows = new TableScan(cluster, shape, now.getEpochSecond()).rows(partition.range());
        while (rows.hasNext()) {
            SliceRow row = rows.next();
            if (partition.holds(row)) {
                newest = Math.max(
                        newest,
                        row.groups().stream()
                                .mapToLong(CellGroup::writetime)
                                .max()
                                .orElse(Long.MIN_VALUE));
            }
        }
        return newest;
    }

    private static String where(TableShape shape) {
        return RowWriter.where(shape.columns().stream()
                .filter(column -> column.kind() == ColumnShape.Kind.PARTITION_KEY)
                .toList());
    }
}
