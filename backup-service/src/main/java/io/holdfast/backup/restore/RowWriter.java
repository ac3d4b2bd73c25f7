package io.holdfast.backup.restore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import org.jspecify.annotations.Nullable;

import io.holdfast.backup.slice.Cell;
import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.ColumnShape;
import io.holdfast.backup.table.ColumnShape.Kind;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableShape;

/**
 * Turns rows into statements that write them with their original WRITETIME and what is left of their TTL.
 *
 * <p>CQL does not show when a row itself was inserted, only its cells. So the group that lives longest is inserted, which
 * makes the row live as long as that group, and the others are added by updates, which do not. A row with nothing but
 * its key is inserted with the time of the backup.
 */
final class RowWriter {
    private final TableShape shape;
    private final long second;
    private final long keyOnlyWritetime;
    private final int keySize;
    private final int partitionKeySize;
    private final Map<Integer, Integer> inserted = new HashMap<>();
    private final PreparedStatement insert;
    private final @Nullable PreparedStatement update;
    private final @Nullable PreparedStatement insertStatic;

    /**
     * Prepares the statements.
     *
     * @param shape of the table to write into
     * @param second now, in seconds since 1970: the TTL of a cell is what is left from here
     * @param backupSecond the second the backup shows
     */
    RowWriter(Cluster cluster, TableShape shape, long second, long backupSecond) {
        this.shape = shape;
        this.second = second;
        this.keyOnlyWritetime = TimeUnit.SECONDS.toMicros(backupSecond);
        this.keySize = shape.keySize(false);
        this.partitionKeySize = shape.keySize(true);
        List<Integer> statics = shape.positions(Kind.STATIC);
        List<Integer> regulars = shape.positions(Kind.REGULAR);
        number(statics);
        number(regulars);
        this.insert = cluster.prepare(insert(keySize, regulars));
        this.update = regulars.isEmpty() ? null : cluster.prepare(update(regulars));
        this.insertStatic = statics.isEmpty() ? null : cluster.prepare(insert(partitionKeySize, statics));
    }

    /** The statements that write a row; none when all of it has expired. */
    List<BoundStatement> statements(SliceRow stored) {
        SliceRow row = stored.at(second).orElse(null);
        if (row == null) {
            return List.of();
        }
        List<BoundStatement> statements = new ArrayList<>(row.groups().size());
        if (row.kind() == SliceRow.Kind.STATIC) {
            row.groups().forEach(group -> statements.add(insert(required(insertStatic), row, group, partitionKeySize)));
            return statements;
        }
        CellGroup own = row.longestLived().orElse(new CellGroup(keyOnlyWritetime, CellGroup.NEVER, List.of()));
        statements.add(insert(insert, row, own, keySize));
        row.groups().stream()
                .filter(group -> !group.equals(own))
                .forEach(group -> statements.add(update(required(update), row, group)));
        return statements;
    }

    private void number(List<Integer> columns) {
        for (int position = 0; position < columns.size(); position++) {
            inserted.put(columns.get(position), position);
        }
    }

    private String insert(int keys, List<Integer> columns) {
        List<String> names = new ArrayList<>();
        shape.columns().subList(0, keys).forEach(key -> names.add(TableName.quoted(key.name())));
        columns.forEach(column -> names.add(name(column)));
        return "INSERT INTO %s (%s) VALUES (%s) USING TIMESTAMP ? AND TTL ?"
                .formatted(
                        shape.name().cql(),
                        String.join(", ", names),
                        names.stream().map(name -> "?").collect(Collectors.joining(", ")));
    }

    private String update(List<Integer> columns) {
        String set = columns.stream().map(column -> name(column) + " = ?").collect(Collectors.joining(", "));
        String where = shape.columns().stream()
                .filter(ColumnShape::isKey)
                .map(key -> TableName.quoted(key.name()) + " = ?")
                .collect(Collectors.joining(" AND "));
        return "UPDATE %s USING TIMESTAMP ? AND TTL ? SET %s WHERE %s"
                .formatted(shape.name().cql(), set, where);
    }

    private String name(int column) {
        return TableName.quoted(shape.columns().get(column).name());
    }

    private BoundStatement insert(PreparedStatement statement, SliceRow row, CellGroup group, int keys) {
        BoundStatementBuilder bound = bind(statement.boundStatementBuilder(), row.key(), 0);
        int last = statement.getVariableDefinitions().size();
        return bindCells(bound, group, keys)
                .setLong(last - 2, group.writetime())
                .setInt(last - 1, ttl(group))
                .build()
                .setNowInSeconds(Math.toIntExact(second));
    }

    private BoundStatement update(PreparedStatement statement, SliceRow row, CellGroup group) {
        BoundStatementBuilder bound =
                statement.boundStatementBuilder().setLong(0, group.writetime()).setInt(1, ttl(group));
        return bind(
                        bindCells(bound, group, 2),
                        row.key(),
                        statement.getVariableDefinitions().size() - keySize)
                .build()
                .setNowInSeconds(Math.toIntExact(second));
    }

    private static BoundStatementBuilder bind(BoundStatementBuilder statement, List<ByteBuffer> key, int from) {
        BoundStatementBuilder bound = statement;
        for (int component = 0; component < key.size(); component++) {
            bound = bound.setBytesUnsafe(from + component, key.get(component));
        }
        return bound;
    }

    /** Columns without a cell stay unset, which writes nothing; a null would write a deletion. */
    private BoundStatementBuilder bindCells(BoundStatementBuilder statement, CellGroup group, int from) {
        BoundStatementBuilder bound = statement;
        for (Cell cell : group.cells()) {
            Integer position = inserted.get(cell.column());
            if (position == null) {
                throw new IllegalStateException("A cell of a column that is part of the key");
            }
            bound = bound.setBytesUnsafe(from + position, cell.value());
        }
        return bound;
    }

    /** Seconds left, or 0 for a cell that never expires, also where the table has a default TTL. */
    private int ttl(CellGroup group) {
        return group.expiry() == CellGroup.NEVER ? 0 : Math.toIntExact(group.expiry() - second);
    }

    private static PreparedStatement required(@Nullable PreparedStatement statement) {
        if (statement == null) {
            throw new IllegalStateException("A cell of a column the table does not have");
        }
        return statement;
    }
}
