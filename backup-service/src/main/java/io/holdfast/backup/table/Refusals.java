package io.holdfast.backup.table;

import java.util.Optional;
import java.util.Set;

import io.holdfast.backup.table.ColumnShape.Parts;

/** What cannot be kept exactly, so that it is refused by name instead of kept with losses. */
final class Refusals {
    private Refusals() {}

    /**
     * Why the table cannot be kept exactly.
     *
     * @param flags of the table in {@code system_schema.tables}
     * @param masked the columns that are shown masked to whoever may not unmask them
     */
    static Optional<String> of(TableShape table, Set<String> flags, Set<String> masked) {
        String keyspace = table.name().keyspace();
        if (keyspace.equals("system") || keyspace.startsWith("system_")) {
            return Optional.of("it belongs to Cassandra itself");
        }
        if (!flags.contains("compound") || flags.contains("dense") || flags.contains("super")) {
            return Optional.of("it is WITH COMPACT STORAGE, whose rows CQL does not show exactly");
        }
        if (!masked.isEmpty()) {
            return Optional.of(
                    "columns %s are masked, so that what is read need not be what they hold".formatted(masked));
        }
        return table.columns().stream().flatMap(column -> of(column).stream()).findFirst();
    }

    private static Optional<String> of(ColumnShape column) {
        if (column.type().equals("counter")) {
            return Optional.of("column %s is a counter, whose value cannot be written back".formatted(column.name()));
        }
        return column.parts() == Parts.FIELDS && column.fields().isEmpty()
                ? Optional.of(
                        "column %s is %s, a type this version does not know".formatted(column.name(), column.type()))
                : Optional.empty();
    }
}
