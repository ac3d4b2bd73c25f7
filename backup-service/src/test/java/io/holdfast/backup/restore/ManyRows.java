package io.holdfast.backup.restore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import org.jspecify.annotations.Nullable;

import io.holdfast.backup.table.TableName;

/**
 * Fills the table of {@link EveryType} with as many rows as wanted, several at a time. Only so many of them differ in more than their key
 * and times, for Cassandra takes longest for reading JSON.
 */
final class ManyRows {
    private static final int DIFFERENT = 20_000;
    private static final int IN_FLIGHT = 128;
    private static final int ROWS_A_PARTITION = 20;

    private final CqlSession session;
    private final Semaphore places = new Semaphore(IN_FLIGHT);
    private final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    private final TableName table;
    private final PreparedStatement insert;
    private final PreparedStatement updateParts;
    private final PreparedStatement updateStatics;
    private final PreparedStatement delete;

    ManyRows(CqlSession session, TableName table) {
        this.session = session;
        this.table = table;
        this.insert = session.prepare(
                "INSERT INTO %s JSON ? DEFAULT UNSET USING TIMESTAMP ? AND TTL ?".formatted(table.cql()));
        this.updateParts =
                session.prepare(("UPDATE %s USING TIMESTAMP ? AND TTL ? SET v_list_text = v_list_text + ['later'],"
                                + " v_map_int_blob[?] = 0x01, v_place.name = 'later', v_text = '' WHERE pk1 = ? AND pk2 = ? AND ck1 = ? AND ck2 = ?")
                        .formatted(table.cql()));
        this.updateStatics = session.prepare(
                "UPDATE %s USING TIMESTAMP ? AND TTL ? SET s1 = ?, s_list = s_list + [1, 2], s_map['k'] = 1 WHERE pk1 = ? AND pk2 = ?"
                        .formatted(table.cql()));
        this.delete = session.prepare(
                "DELETE v_int, v_blob, v_set_text FROM %s WHERE pk1 = ? AND pk2 = ? AND ck1 = ? AND ck2 = ?"
                        .formatted(table.cql()));
    }

    void fill(int rows) throws InterruptedException {
        @Nullable Likeness likeness = null;
        // JSON knows no numbers that begin with a zero and go on.
        for (int row = 1; row <= rows; row++) {
            int partition = row / ROWS_A_PARTITION;
            String name = "p" + partition;
            long written = 1_700_000_000_000_000L + row;
            long later = written + 1_000_000;
            int ttl = row % 3 == 0 ? 0 : 100_000 + row % 1000;
            if (row == DIFFERENT) {
                awaitAll();
                likeness = new Likeness(session, table);
            }
            write(
                    likeness == null
                            ? insert.bind(EveryType.json(row, partition, name), written, ttl)
                            : likeness.of(row, partition, name, written, ttl));
            List<BoundStatement> changes = new ArrayList<>();
            switch (row % 10) {
                case 0 ->
                    changes.add(updateParts.bind(later, 50_000, row, partition, name, EveryType.uuid(row), (long) row));
                case 1 -> changes.add(updateParts.bind(later, 0, 3, partition, name, EveryType.uuid(row), (long) row));
                case 2 -> changes.add(delete.bind(partition, name, EveryType.uuid(row), (long) row));
                case 3 -> changes.add(updateStatics.bind(later, 0, "static " + row, partition, name));
                default -> {}
            }
            for (BoundStatement change : changes) {
                write(change);
            }
        }
        awaitAll();
    }

    private void awaitAll() throws InterruptedException {
        places.acquire(IN_FLIGHT);
        places.release(IN_FLIGHT);
        if (failed.get() != null) {
            throw new IllegalStateException(failed.get());
        }
    }

    private void write(BoundStatement statement) throws InterruptedException {
        places.acquire();
        CompletionStage<AsyncResultSet> written = session.executeAsync(statement);
        var _ = written.whenComplete((done, failure) -> {
            if (failure != null) {
                failed.compareAndSet(null, failure);
            }
            places.release();
        });
    }

    /** Rows with the values of those that are there already. */
    private static final class Likeness {
        private final List<String> columns;
        private final List<Row> there;
        private final PreparedStatement insert;

        Likeness(CqlSession session, TableName table) {
            ResultSet all = session.execute("SELECT * FROM " + table.cql());
            this.columns = StreamSupport.stream(all.getColumnDefinitions().spliterator(), false)
                    .map(column -> column.getName().asInternal())
                    .filter(column -> column.startsWith("v_"))
                    .toList();
            this.there = all.all();
            this.insert = session.prepare(
                    "INSERT INTO %s (pk1, pk2, ck1, ck2, %s) VALUES (?, ?, ?, ?, %s) USING TIMESTAMP ? AND TTL ?"
                            .formatted(
                                    table.cql(),
                                    String.join(", ", columns),
                                    String.join(", ", Collections.nCopies(columns.size(), "?"))));
        }

        BoundStatement of(int row, int partition, String name, long written, int ttl) {
            Row like = there.get(row % there.size());
            BoundStatementBuilder bound =
                    insert.boundStatementBuilder(partition, name, EveryType.uuid(row), (long) row);
            for (String column : columns) {
                if (!like.isNull(column)) {
                    bound = bound.setBytesUnsafe(column, like.getBytesUnsafe(column));
                }
            }
            return bound.setLong("[timestamp]", written).setInt("[ttl]", ttl).build();
        }
    }
}
