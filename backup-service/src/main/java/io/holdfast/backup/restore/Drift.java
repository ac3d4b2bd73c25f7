package io.holdfast.backup.restore;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.table.Catalog;
import io.holdfast.backup.table.ColumnShape;
import io.holdfast.backup.table.FieldShape;

/**
 * What rows of a backup would meet in a table that has changed since. Columns that were added are in nobody's way.
 *
 * @param key what is different in the primary key, or nothing
 * @param columns each column of the backup that cannot be written back, with the reason
 */
record Drift(Optional<String> key, Map<String, String> columns) {
    private static final Pattern ORDER = Pattern.compile("CLUSTERING ORDER BY \\((?<order>[^)]*)\\)");

    /** Compares a table as it was with what it is now. */
    static Drift of(TableEntry then, Instant startedAt, Catalog catalog) {
        Map<String, ColumnShape> now = catalog.shape(then.name()).columns().stream()
                .collect(Collectors.toMap(ColumnShape::name, Function.identity()));
        Set<String> types = TypeDrift.of(then.schema().types(), catalog.types(then.keyspace()));
        Map<String, Instant> dropped = catalog.dropped(then.name());
        Map<String, String> columns = new LinkedHashMap<>();
        for (ColumnShape column : then.columns()) {
            ColumnShape present = now.get(column.name());
            if (present == null) {
                columns.put(column.name(), "column %s was dropped".formatted(column.name()));
            } else if (!isReadAlike(column, present)) {
                columns.put(
                        column.name(),
                        "column %s was %s and is %s".formatted(column.name(), told(column), told(present)));
            } else if (TypeDrift.uses(column.type(), types)) {
                columns.put(
                        column.name(),
                        "column %s is %s, a type whose fields are others now".formatted(column.name(), column.type()));
            } else if (dropped.getOrDefault(column.name(), Instant.EPOCH).isAfter(startedAt)) {
                columns.put(
                        column.name(),
                        "column %s was dropped and made anew, and Cassandra hides what was written before"
                                .formatted(column.name()));
            }
        }
        return new Drift(key(then, columns, catalog), columns);
    }

    private static Optional<String> key(TableEntry then, Map<String, String> columns, Catalog catalog) {
        List<String> keyThen = key(then.columns());
        List<String> keyNow = key(catalog.shape(then.name()).columns());
        if (!keyThen.equals(keyNow)) {
            return Optional.of("its primary key was %s and is %s".formatted(keyThen, keyNow));
        }
        String orderThen = order(then.schema().table());
        String orderNow = order(catalog.schema(then.name()).table());
        if (!orderThen.equals(orderNow)) {
            return Optional.of("its clustering order was (%s) and is (%s)".formatted(orderThen, orderNow));
        }
        return keyThen.stream().filter(columns::containsKey).findFirst().map(columns::get);
    }

    private static List<String> key(List<ColumnShape> columns) {
        return columns.stream()
                .filter(ColumnShape::isKey)
                .map(ColumnShape::name)
                .toList();
    }

    private static String order(String table) {
        Matcher order = ORDER.matcher(table);
        return order.find() ? order.group("order") : "";
    }

    /** Whether what was written then reads the same now; a type may have more fields than it had. */
    private static boolean isReadAlike(ColumnShape then, ColumnShape now) {
        List<FieldShape> fields = then.fields();
        return then.kind() == now.kind()
                && then.type().equals(now.type())
                && fields.size() <= now.fields().size()
                && now.fields().subList(0, fields.size()).equals(fields);
    }

    private static String told(ColumnShape column) {
        String kind = switch (column.kind()) {
            case STATIC -> "static ";
            case PARTITION_KEY -> "part of the partition key, ";
            case CLUSTERING -> "a clustering column, ";
            case REGULAR -> "";
        };
        return kind + column.type() + (column.fields().isEmpty() ? "" : " " + column.fields());
    }
}
