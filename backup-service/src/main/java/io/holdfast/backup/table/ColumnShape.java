package io.holdfast.backup.table;

/**
 * One column of a table.
 *
 * @param name the name as Cassandra keeps it, without quotes
 * @param type the CQL type, such as {@code frozen<list<text>>}
 */
public record ColumnShape(String name, Kind kind, String type) {
    /** What a column is in its table; the order is the order of columns in a backup. */
    public enum Kind {
        PARTITION_KEY,
        CLUSTERING,
        STATIC,
        REGULAR
    }

    public boolean isKey() {
        return kind == Kind.PARTITION_KEY || kind == Kind.CLUSTERING;
    }

    @Override
    public String toString() {
        return "%s %s %s".formatted(kind, name, type);
    }
}
