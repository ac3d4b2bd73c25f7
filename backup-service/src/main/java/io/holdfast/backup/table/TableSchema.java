package io.holdfast.backup.table;

import java.util.List;

/**
 * The statements that make a table, as Cassandra's {@code DESCRIBE} gives them.
 *
 * @param keyspace makes the keyspace
 * @param types make the keyspace's user-defined types, each after those it uses
 * @param table makes the table with all of its options
 * @param indexes make its indexes
 */
public record TableSchema(String keyspace, List<String> types, String table, List<String> indexes) {
    public TableSchema {
        types = List.copyOf(types);
        indexes = List.copyOf(indexes);
    }
}
