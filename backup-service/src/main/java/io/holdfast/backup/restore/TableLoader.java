package io.holdfast.backup.restore;

import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;

import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.table.Cluster;

/** Writes the slices of a table, in batches. Loading twice changes nothing, lists apart. */
final class TableLoader {
    private final Repository repository;
    private final Cluster cluster;
    private final int inFlight;

    /**
     * Loads through a repository and a cluster.
     *
     * @param inFlight how many batches are under way at a time
     */
    TableLoader(Repository repository, Cluster cluster, int inFlight) {
        this.repository = repository;
        this.cluster = cluster;
        this.inFlight = inFlight;
    }

    /**
     * Writes all rows.
     *
     * @param before asked before each slice whether to go on
     * @param loaded told how many more rows have been written
     */
    void load(RestoreSource source, RowWriter writer, ListWriter lists, Runnable before, LongConsumer loaded) {
        WriteWindow window = new WriteWindow(inFlight);
        RowBatches<BoundStatement> batches = new RowBatches<>(
                source.shape().keySize(true), together -> window.add(() -> cluster.execute(one(together))));
        for (SliceEntry slice : source.slices()) {
            before.run();
            load(source.rows(repository, slice).iterator(), writer, lists, batches, window);
            loaded.accept(slice.rows());
        }
        window.finish();
    }

    private void load(
            Iterator<SliceRow> rows,
            RowWriter writer,
            ListWriter lists,
            RowBatches<BoundStatement> batches,
            WriteWindow window) {
        while (rows.hasNext()) {
            SliceRow row = rows.next();
            cluster.makeWay(RowBatches.bytes(row));
            batches.add(row, writer.statements(row));
            if (lists.concerns(row)) {
                window.add(() -> lists.write(row));
            }
        }
        batches.finish();
    }

    private static Statement<?> one(List<BoundStatement> together) {
        BoundStatement first = together.getFirst();
        return together.size() == 1
                ? first
                : BatchStatement.newInstance(BatchType.UNLOGGED, List.copyOf(together))
                        .setNowInSeconds(first.getNowInSeconds());
    }
}
