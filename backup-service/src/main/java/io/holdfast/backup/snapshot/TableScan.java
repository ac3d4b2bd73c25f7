package io.holdfast.backup.snapshot;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import org.jspecify.annotations.Nullable;

import io.holdfast.backup.slice.SliceRange;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.TableShape;
import io.holdfast.failover.trace.CallerContext;

/** Reads a table by token ranges, as it is seen at one second. One page is read ahead. */
public final class TableScan {
    private final Cluster cluster;
    private final RowReader reader;
    private final PreparedStatement select;
    private final PageSize pageSize = new PageSize();
    private final long second;

    /**
     * Prepares to read.
     *
     * @param second in seconds since 1970: cells that expire by then are not seen, whenever they are read
     */
    public TableScan(Cluster cluster, TableShape shape, long second) {
        this.cluster = cluster;
        this.reader = new RowReader(shape);
        this.select = cluster.prepare(reader.select());
        this.second = second;
    }

    /**
     * The rows of a range by ascending token; the static part of a partition comes before its rows.
     *
     * <p>The iterator throws what a guarded call throws.
     */
    public Iterator<SliceRow> rows(SliceRange range) {
        // The lowest token is nobody's: Cassandra uses it as the edge of the ring.
        long after = range.first() == Long.MIN_VALUE ? Long.MIN_VALUE : range.first() - 1;
        BoundStatement statement = select.boundStatementBuilder()
                .setLong(0, after)
                .setLong(1, range.last())
                .build()
                .setNowInSeconds(Math.toIntExact(second));
        return new Rows(statement);
    }

    private final class Rows implements Iterator<SliceRow> {
        private final BoundStatement statement;
        private final Queue<SliceRow> ready = new ArrayDeque<>();
        private @Nullable ResultSet page;
        private @Nullable CompletableFuture<ResultSet> ahead;
        private List<ByteBuffer> partition = List.of();

        Rows(BoundStatement statement) {
            this.statement = statement;
            this.ahead = read(statement.getPagingState());
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty()) {
                ResultSet current = page;
                if (current != null && current.getAvailableWithoutFetching() > 0) {
                    decode(current.iterator().next());
                } else if (!turnPage()) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public SliceRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }

        private void decode(Row row) {
            if (reader.hasStatics()) {
                List<ByteBuffer> key = reader.partitionKey(row);
                if (!key.equals(partition)) {
                    partition = key;
                    addIfPresent(reader.readStatic(row, second));
                }
            }
            addIfPresent(reader.readRow(row, second));
        }

        private void addIfPresent(@Nullable SliceRow row) {
            if (row != null) {
                ready.add(row);
            }
        }

        private boolean turnPage() {
            CompletableFuture<ResultSet> coming = ahead;
            if (coming == null) {
                return false;
            }
            ResultSet turned = join(coming);
            page = turned;
            cluster.makeWayForReading(turned.getExecutionInfo().getResponseSizeInBytes());
            pageSize.learn(
                    turned.getAvailableWithoutFetching(),
                    turned.getExecutionInfo().getResponseSizeInBytes(),
                    cluster.pieceBytes(PageSize.TARGET_BYTES));
            ByteBuffer following = turned.getExecutionInfo().getPagingState();
            ahead = following == null ? null : read(following);
            return true;
        }

        private CompletableFuture<ResultSet> read(@Nullable ByteBuffer pagingState) {
            BoundStatement next = statement.setPageSize(pageSize.rows());
            BoundStatement positioned = pagingState == null ? next : next.setPagingState(pagingState);
            return CompletableFuture.supplyAsync(
                    () -> cluster.readPage(positioned, PageSize.TARGET_BYTES),
                    CallerContext.carrying(Thread::startVirtualThread));
        }

        private static ResultSet join(CompletableFuture<ResultSet> coming) {
            try {
                return coming.join();
            } catch (CompletionException failed) {
                if (failed.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw failed;
            }
        }
    }
}
