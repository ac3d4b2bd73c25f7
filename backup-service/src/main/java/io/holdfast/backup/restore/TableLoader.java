package io.holdfast.backup.restore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;

import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.slice.Cell;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.table.Cluster;

/**
 * Writes the slices of a table. Rows that follow each other in a slice mostly have the same replicas, so a few of them
 * travel as one batch, small enough for Cassandra not to warn of it. Loading twice changes nothing, lists apart.
 */
final class TableLoader {
    private static final int BATCH_STATEMENTS = 10;
    private static final int BATCH_BYTES = 4 * 1024;

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
        for (SliceEntry slice : source.slices()) {
            before.run();
            load(source.rows(repository, slice).iterator(), writer, lists, window);
            loaded.accept(slice.rows());
        }
        window.finish();
    }

    private void load(Iterator<SliceRow> rows, RowWriter writer, ListWriter lists, WriteWindow window) {
        List<BoundStatement> batch = new ArrayList<>(BATCH_STATEMENTS);
        int bytes = 0;
        while (rows.hasNext()) {
            SliceRow row = rows.next();
            int rowBytes = bytes(row);
            for (BoundStatement statement : writer.statements(row)) {
                if (batch.size() == BATCH_STATEMENTS || (!batch.isEmpty() && bytes + rowBytes > BATCH_BYTES)) {
                    send(batch, window);
                    batch.clear();
                    bytes = 0;
                }
                batch.add(statement);
                bytes += rowBytes;
            }
            if (lists.concerns(row)) {
                window.add(() -> lists.write(row));
            }
        }
        if (!batch.isEmpty()) {
            send(batch, window);
        }
    }

    private void send(List<BoundStatement> statements, WriteWindow window) {
        BoundStatement first = statements.getFirst();
        Statement<?> together = statements.size() == 1
                ? first
                : BatchStatement.newInstance(BatchType.UNLOGGED, List.copyOf(statements))
                        .setNowInSeconds(first.getNowInSeconds());
        window.add(() -> cluster.execute(together));
    }

    private static int bytes(SliceRow row) {
        return row.key().stream().mapToInt(ByteBuffer::remaining).sum()
                + row.groups().stream()
                        .flatMap(group -> group.cells().stream())
                        .mapToInt(Cell::bytes)
                        .sum();
    }
}
