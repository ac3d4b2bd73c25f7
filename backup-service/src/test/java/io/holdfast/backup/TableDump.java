package io.holdfast.backup;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;

import io.holdfast.backup.table.TableName;

/** Everything CQL shows of a table at one second, as text: written apart from the code it checks. */
public final class TableDump {
    private TableDump() {}

    /** One line a row: values as text, WRITETIME and TTL of each cell. */
    public static List<String> of(CqlSession session, TableName name, long second) {
        return of(session, name, second, true, "");
    }

    /** Values and TTLs alone. */
    public static List<String> withoutWritetimes(CqlSession session, TableName name, long second, String where) {
        return of(session, name, second, false, where);
    }

    private static List<String> of(CqlSession session, TableName name, long second, boolean writetimes, String where) {
        TableMetadata table = freshMetadata(session)
                .getKeyspace(CqlIdentifier.fromInternal(name.keyspace()))
                .flatMap(keyspace -> keyspace.getTable(CqlIdentifier.fromInternal(name.table())))
                .orElseThrow();
        List<String> selected = new ArrayList<>();
        for (ColumnMetadata column : table.getColumns().values()) {
            String columnName = column.getName().asCql(true);
            selected.add(columnName);
            if (!table.getPrimaryKey().contains(column)) {
                if (writetimes) {
                    selected.add("WRITETIME(%s)".formatted(columnName));
                }
                selected.add("TTL(%s)".formatted(columnName));
            }
        }
        SimpleStatement select = SimpleStatement.newInstance(
                        "SELECT %s FROM %s %s".formatted(String.join(", ", selected), name.cql(), where))
                .setNowInSeconds(Math.toIntExact(second));
        List<String> lines = new ArrayList<>();
        for (Row row : session.execute(select)) {
            lines.add(row.getFormattedContents());
        }
        return lines;
    }

    /** Asked for again while the driver is still looking for a node to ask, as it does after a loss. */
    private static Metadata freshMetadata(CqlSession session) {
        return await().atMost(Duration.ofSeconds(30))
                .ignoreException(IllegalStateException.class)
                .until(session::refreshSchema, refreshed -> true);
    }
}
