package io.holdfast.backup.snapshot;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.table.Catalog;
import io.holdfast.backup.table.TableName;
import io.holdfast.doors.problem.ProblemException;

/**
 * What to back up, as a caller says it.
 *
 * @param tables names of tables: with their keyspace before a dot, or without when {@code keyspace} is given
 * @param keyspace a whole keyspace, or the one the tables are in
 */
record BackupRequest(
        @Nullable List<@Nullable String> tables, @Nullable String keyspace) {
    /**
     * The order that follows, after everything it names was found to be there and to be something that can be kept.
     *
     * @param defaults the keyspaces to back up when nothing is named
     * @throws ProblemException 422 that names the field and the mend
     */
    JobOrder.Backup order(List<String> defaults, Catalog catalog) {
        if (keyspace != null) {
            TableNames.requireKeyspaceName("keyspace", keyspace);
            requireKeyspace("keyspace", keyspace, catalog);
        }
        if (tables != null) {
            if (tables.isEmpty()) {
                throw ProblemException.badField("tables", "must name at least one table, or be left out for all");
            }
            List<TableName> names = new ArrayList<>();
            for (int position = 0; position < tables.size(); position++) {
                names.add(table("tables[%d]".formatted(position), tables.get(position), catalog));
            }
            return new JobOrder.Backup(List.of(), names);
        }
        List<String> keyspaces = keyspace == null ? defaults : List.of(keyspace);
        if (keyspaces.isEmpty()) {
            throw ProblemException.badField("keyspace", "must be given: the configuration names no backup.keyspaces");
        }
        for (String whole : keyspaces) {
            requireKeyspace("keyspace", whole, catalog);
            List<TableName> all = catalog.tables(whole);
            if (all.isEmpty()) {
                throw ProblemException.unprocessable(
                        "keyspace", "names keyspace %s, which has no tables: name one that does".formatted(whole));
            }
            all.forEach(name -> requireExact("keyspace", name, catalog));
        }
        return new JobOrder.Backup(keyspaces, List.of());
    }

    private TableName table(String field, @Nullable String text, Catalog catalog) {
        TableName name = TableNames.parse(field, text, keyspace);
        requireKeyspace(field, name.keyspace(), catalog);
        if (!catalog.hasTable(name)) {
            throw ProblemException.unprocessable(
                    field,
                    "names table %s, which does not exist: name one of %s"
                            .formatted(name, catalog.tables(name.keyspace())));
        }
        requireExact(field, name, catalog);
        return name;
    }

    private static void requireKeyspace(String field, String keyspace, Catalog catalog) {
        if (!catalog.hasKeyspace(keyspace)) {
            throw ProblemException.unprocessable(
                    field, "names keyspace %s, which does not exist: name one that does".formatted(keyspace));
        }
    }

    private static void requireExact(String field, TableName name, Catalog catalog) {
        catalog.refusal(name).ifPresent(why -> {
            throw ProblemException.unprocessable(
                    field,
                    "includes table %s, which cannot be kept exactly: %s; name the tables to back up without it"
                            .formatted(name, why));
        });
    }
}
