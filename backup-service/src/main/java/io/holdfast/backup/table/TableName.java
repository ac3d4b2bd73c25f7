package io.holdfast.backup.table;

import com.datastax.oss.driver.api.core.CqlIdentifier;

/**
 * The full name of a table, as Cassandra keeps it, without quotes.
 *
 * @param keyspace the keyspace that holds it
 * @param table the table's own name
 */
public record TableName(String keyspace, String table) implements Comparable<TableName> {
    /** The name as it is written in a CQL statement, quoted where that is needed. */
    public String cql() {
        return quoted(keyspace) + "." + quoted(table);
    }

    public TableName withTable(String other) {
        return new TableName(keyspace, other);
    }

    /** A name as it is written in a CQL statement. */
    public static String quoted(String name) {
        return CqlIdentifier.fromInternal(name).asCql(true);
    }

    /** A name as Cassandra keeps it, from how it is written in a CQL statement. */
    public static String unquoted(String written) {
        return CqlIdentifier.fromCql(written).asInternal();
    }

    @Override
    public int compareTo(TableName other) {
        int byKeyspace = keyspace.compareTo(other.keyspace);
        return byKeyspace != 0 ? byKeyspace : table.compareTo(other.table);
    }

    @Override
    public String toString() {
        return keyspace + "." + table;
    }
}
