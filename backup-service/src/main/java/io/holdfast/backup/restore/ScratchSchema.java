package io.holdfast.backup.restore;

import java.util.ArrayList;
import java.util.List;

import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.table.TableName;

/**
 * A table of a backup that is made in a scratch keyspace, where nobody knows it.
 *
 * @param source as it is in the backup
 * @param scratch what the keyspace is called
 */
record ScratchSchema(TableEntry source, String scratch) {
    /** Else Cassandra keeps a snapshot of every table that is dropped, and copies of all that is written, until somebody removes them. */
    static String leaveNothing(TableName table) {
        return "ALTER TABLE %s WITH allow_auto_snapshot = false AND incremental_backups = false".formatted(table.cql());
    }

    TableName name() {
        return new TableName(scratch, source.table());
    }

    /** The statements that make the table's types and the table where they are missing; without indexes, which hold no rows of their own. */
    List<String> statements() {
        List<String> statements = new ArrayList<>();
        String head = "CREATE TYPE %s.".formatted(TableName.quoted(source.keyspace()));
        for (String type : source.schema().types()) {
            if (!type.startsWith(head)) {
                throw new IllegalStateException(
                        "Not the statement of a type of %s: %s".formatted(source.keyspace(), type));
            }
            statements.add("CREATE TYPE IF NOT EXISTS %s.".formatted(TableName.quoted(scratch))
                    + type.substring(head.length()));
        }
        statements.add(new TargetTable(source, name()).statements().getLast());
        statements.add(leaveNothing(name()));
        return statements;
    }
}
