package io.holdfast.backup.restore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;

import io.holdfast.backup.table.TableName;

/**
 * Compares all that CQL shows of two tables with the same columns, row by row, as the bytes it travels in: written apart
 * from the code it checks.
 */
final class CellComparison {
    private final List<String> names;
    private final List<String> keys;
    long rows;
    long cells;
    long differingCells;
    long differingWritetimes;
    long differingTtls;
    long rowsInOneOnly;

    CellComparison(CqlSession session, TableName table) {
        List<String> columns = new ArrayList<>();
        List<String> key = new ArrayList<>();
        for (Row row : session.execute(
                "SELECT column_name, kind FROM system_schema.columns WHERE keyspace_name = ? AND table_name = ?",
                table.keyspace(),
                table.table())) {
            String name = TableName.quoted(Objects.requireNonNull(row.getString("column_name")));
            boolean isKey = !List.of("regular", "static").contains(row.getString("kind"));
            (isKey ? key : columns).add(name);
        }
        this.names = columns;
        this.keys = key;
    }

    CellComparison of(CqlSession session, TableName one, TableName other, long second) {
        Iterator<Row> ones = rows(session, one, second);
        Iterator<Row> others = rows(session, other, second);
        while (ones.hasNext() && others.hasNext()) {
            compare(ones.next(), others.next());
            rows++;
        }
        ones.forEachRemaining(row -> rowsInOneOnly++);
        others.forEachRemaining(row -> rowsInOneOnly++);
        return this;
    }

    private Iterator<Row> rows(CqlSession session, TableName table, long second) {
        List<String> selected = new ArrayList<>(keys);
        names.forEach(
                name -> selected.addAll(List.of(name, "WRITETIME(%s)".formatted(name), "TTL(%s)".formatted(name))));
        return session.execute(SimpleStatement.newInstance(
                                "SELECT %s FROM %s".formatted(String.join(", ", selected), table.cql()))
                        .setPageSize(200)
                        .setNowInSeconds(Math.toIntExact(second)))
                .iterator();
    }

    private void compare(Row one, Row other) {
        for (int key = 0; key < keys.size(); key++) {
            if (!Objects.equals(one.getBytesUnsafe(key), other.getBytesUnsafe(key))) {
                rowsInOneOnly++;
            }
        }
        for (int column = 0; column < names.size(); column++) {
            int at = keys.size() + 3 * column;
            ByteBuffer value = one.getBytesUnsafe(at);
            cells += value == null ? 0 : 1;
            differingCells += Objects.equals(value, other.getBytesUnsafe(at)) ? 0 : 1;
            differingWritetimes += Objects.equals(one.getBytesUnsafe(at + 1), other.getBytesUnsafe(at + 1)) ? 0 : 1;
            differingTtls += Objects.equals(one.getBytesUnsafe(at + 2), other.getBytesUnsafe(at + 2)) ? 0 : 1;
        }
    }
}
