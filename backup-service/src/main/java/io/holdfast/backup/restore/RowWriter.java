package io.holdfast.backup.restore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import org.jspecify.annotations.Nullable;

import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.ColumnShape;
import io.holdfast.backup.table.ColumnShape.Kind;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableShape;

/**
 * Turns rows into statements that write them with their original WRITETIME and what is left of their TTL. Elements of
 * lists are not among them: see {@link ListWriter}.
 *
 * <p>CQL does not show when a row itself was inserted, only its cells. So the group that lives longest is inserted, which
 * makes the row live as long as that group, and the others are added by updates, which do not. A row with nothing but
 * its key is inserted with the time of the backup.
 */
final class RowWriter {
    private final TableShape shape;
    private final long second;
    private final long keyOnlyWritetime;
    private final Assignments regulars;
    private final Assignments statics;
    private final PreparedStatement insert;
    private final @Nullable PreparedStatement update;
    private final @Nullable PreparedStatement insertStatic;
    private final @Nullable PreparedStatement updateStatic;

    /**
     * Prepares the statements.
     *
     * @param shape of the table to write into
     * @param second now, in seconds since 1970: the TTL of a cell is what is left from here
     * @param keyOnlyWritetime of rows with nothing but a key, in microseconds since 1970
     */
    RowWriter(Cluster cluster, TableShape shape, long second, long keyOnlyWritetime) {
        this.shape = shape;
        this.second = second;
        this.keyOnlyWritetime = keyOnlyWritetime;
        this.regulars = new Assignments(shape, shape.positions(Kind.REGULAR));
        this.statics = new Assignments(shape, shape.positions(Kind.STATIC));
        this.insert = cluster.prepare(insert(key(false), regulars));
        this.update = prepareUpdate(cluster, key(false), regulars);
        this.insertStatic = statics.inserted().isEmpty() ? null : cluster.prepare(insert(key(true), statics));
        this.updateStatic = prepareUpdate(cluster, key(true), statics);
    }

    /** The statements that write a row; none when all of it has expired. */
    List<BoundStatement> statements(SliceRow stored) {
        SliceRow row = stored.at(second).orElse(null);
        if (row == null) {
            return List.of();
        }
        List<BoundStatement> statements = new ArrayList<>(row.groups().size());
        if (row.kind() == SliceRow.Kind.STATIC) {
            for (CellGroup group : row.groups()) {
                if (statics.hasWhole(group)) {
                    statements.add(insert(required(insertStatic), statics, row, group));
                }
                if (statics.hasParts(group)) {
                    statements.add(update(required(updateStatic), statics, row, group, false));
                }
            }
            return statements;
        }
        CellGroup own = row.longestLived().orElse(new CellGroup(keyOnlyWritetime, CellGroup.NEVER, List.of()));
        statements.add(insert(insert, regulars, row, own));
        if (regulars.hasParts(own)) {
            statements.add(update(required(update), regulars, row, own, false));
        }
        row.groups().stream()
                .filter(group -> !group.equals(own))
                .filter(group -> regulars.hasWhole(group) || regulars.hasParts(group))
                .forEach(group -> statements.add(update(required(update), regulars, row, group, true)));
        return statements;
    }

    private List<ColumnShape> key(boolean ofPartition) {
        return shape.columns().subList(0, shape.keySize(ofPartition));
    }

    private String insert(List<ColumnShape> key, Assignments assignments) {
        List<String> names = Stream.concat(
                        key.stream().map(column -> TableName.quoted(column.name())), assignments.inserted().stream())
                .toList();
        return "INSERT INTO %s (%s) VALUES (%s) USING TIMESTAMP ? AND TTL ?"
                .formatted(
                        shape.name().cql(),
                        String.join(", ", names),
                        names.stream().map(name -> "?").collect(Collectors.joining(", ")));
    }

    private @Nullable PreparedStatement prepareUpdate(Cluster cluster, List<ColumnShape> key, Assignments assignments) {
        if (assignments.updated().isEmpty()) {
            return null;
        }
        return cluster.prepare("UPDATE %s USING TIMESTAMP ? AND TTL ? SET %s WHERE %s"
                .formatted(shape.name().cql(), String.join(", ", assignments.updated()), where(key)));
    }

    /** What names a row or partition by its key. */
    static String where(List<ColumnShape> key) {
        return key.stream()
                .map(column -> TableName.quoted(column.name()) + " = ?")
                .collect(Collectors.joining(" AND "));
    }

    private BoundStatement insert(PreparedStatement statement, Assignments assignments, SliceRow row, CellGroup group) {
        BoundStatementBuilder bound = bind(statement.boundStatementBuilder(), row.key(), 0);
        int last = statement.getVariableDefinitions().size();
        return assignments
                .bindInserted(bound, group, row.key().size())
                .setLong(last - 2, group.writetime())
                .setInt(last - 1, ttl(group, second))
                .build()
                .setNowInSeconds(Math.toIntExact(second));
    }

    private BoundStatement update(
            PreparedStatement statement, Assignments assignments, SliceRow row, CellGroup group, boolean whole) {
        BoundStatementBuilder bound =
                statement.boundStatementBuilder().setLong(0, group.writetime()).setInt(1, ttl(group, second));
        return bind(
                        assignments.bindUpdated(bound, group, 2, whole),
                        row.key(),
                        statement.getVariableDefinitions().size() - row.key().size())
                .build()
                .setNowInSeconds(Math.toIntExact(second));
    }

    /** Binds the columns of a key, one after the other. */
    static BoundStatementBuilder bind(BoundStatementBuilder statement, List<ByteBuffer> key, int from) {
        BoundStatementBuilder bound = statement;
        for (int component = 0; component < key.size(); component++) {
            bound = bound.setBytesUnsafe(from + component, key.get(component));
        }
        return bound;
    }

    /** Seconds left, or 0 for a cell that never expires, also where the table has a default TTL. */
    static int ttl(CellGroup group, long second) {
        return group.expiry() == CellGroup.NEVER ? 0 : Math.toIntExact(group.expiry() - second);
    }

    private static PreparedStatement required(@Nullable PreparedStatement statement) {
        if (statement == null) {
            throw new IllegalStateException("A cell of a column the table does not have");
        }
        return statement;
    }
}
