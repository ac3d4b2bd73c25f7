package io.holdfast.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.protocol.internal.util.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Every cell of a table as CQL shows it: its bytes, its write time in microseconds, and whether it expires.
 *
 * @param rows by primary key
 */
public record TableContents(Map<String, Map<String, @Nullable Object>> rows) {

    public static TableContents of(CqlSession session, String keyspace, String table) {
        TableMetadata shape = session.refreshSchema()
                .getKeyspace(keyspace)
                .flatMap(found -> found.getTable(table))
                .orElseThrow(() -> new IllegalStateException("no table " + keyspace + "." + table));
        List<String> columns = new ArrayList<>();
        for (ColumnMetadata column : shape.getColumns().values()) {
            String name = column.getName().asCql(true);
            columns.add(name);
            if (!shape.getPrimaryKey().contains(column)) {
                columns.add("WRITETIME(" + name + ")");
                columns.add("TTL(" + name + ")");
            }
        }
        String query = "SELECT " + String.join(", ", columns) + " FROM " + keyspace + "." + table;
        Map<String, Map<String, @Nullable Object>> rows = new TreeMap<>();
        for (Row row : session.execute(query)) {
            rows.put(keyOf(row, shape), cellsOf(row, columns));
        }
        return new TableContents(rows);
    }

    private static String keyOf(Row row, TableMetadata shape) {
        StringBuilder key = new StringBuilder();
        shape.getPrimaryKey()
                .forEach(column -> key.append(hex(row, column.getName())).append('/'));
        return key.toString();
    }

    private static Map<String, @Nullable Object> cellsOf(Row row, List<String> columns) {
        Map<String, @Nullable Object> cells = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            if (column.startsWith("TTL(")) {
                cells.put(column, row.isNull(i) ? "never expires" : "expires");
            } else if (column.startsWith("WRITETIME(")) {
                cells.put(column, row.isNull(i) ? null : row.getLong(i));
            } else {
                cells.put(column, row.isNull(i) ? null : Bytes.toHexString(row.getBytesUnsafe(i)));
            }
        }
        return cells;
    }

    private static String hex(Row row, CqlIdentifier column) {
        return row.isNull(column) ? "" : Bytes.toHexString(row.getBytesUnsafe(column));
    }
}
