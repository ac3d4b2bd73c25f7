package io.holdfast.backup.table;

import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table.
 *
 * @param name the name as Cassandra keeps it, without quotes
 * @param type the CQL type, such as {@code frozen<list<text>>}
 * @param fields of the user-defined type, in their order, when the column is of one that is not frozen; else empty
 */
public record ColumnShape(
        String name,
        Kind kind,
        String type,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldShape> fields) {
    /** Types whose values are written and read as one; everything else is kept by Cassandra in parts. */
    private static final Pattern WHOLE = Pattern.compile(
            "(?:frozen|vector|tuple)<.*|'.*'|ascii|bigint|blob|boolean|date|decimal"
                    + "|double|duration|float|inet|int|smallint|text|time|timestamp|timeuuid|tinyint|uuid|varchar|varint");

    /** What a column is in its table; the order is the order of columns in a backup. */
    public enum Kind {
        PARTITION_KEY,
        CLUSTERING,
        STATIC,
        REGULAR
    }

    /** What a column's cells are: its one value, or the parts of it that were written each at its own time. */
    public enum Parts {
        WHOLE,
        LIST,
        SET,
        MAP,
        FIELDS
    }

    public ColumnShape {
        fields = orNone(fields);
    }

    /** A column that is not of a user-defined type, or of a frozen one. */
    public ColumnShape(String name, Kind kind, String type) {
        this(name, kind, type, List.of());
    }

    public boolean isKey() {
        return kind == Kind.PARTITION_KEY || kind == Kind.CLUSTERING;
    }

    public Parts parts() {
        if (WHOLE.matcher(type).matches()) {
            return Parts.WHOLE;
        }
        if (type.startsWith("list<")) {
            return Parts.LIST;
        }
        if (type.startsWith("set<")) {
            return Parts.SET;
        }
        return type.startsWith("map<") ? Parts.MAP : Parts.FIELDS;
    }

    @Override
    public String toString() {
        return "%s %s %s%s".formatted(kind, name, type, fields.isEmpty() ? "" : " " + fields);
    }

    /** A manifest from before there were fields has none. */
    private static List<FieldShape> orNone(@Nullable List<FieldShape> fields) {
        return fields == null ? List.of() : List.copyOf(fields);
    }
}
