package io.holdfast.backup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.table.Catalog;
import io.holdfast.backup.table.ColumnShape;
import io.holdfast.backup.table.TableName;

/** Which tables a restore is about, and whether they fit the cluster as it is. */
final class RestoreTables {
    private RestoreTables() {}

    /**
     * The tables of a backup that were asked for; all when none was named.
     *
     * @throws JobFailedException when one is not in the backup
     */
    static List<TableEntry> chosen(Manifest manifest, List<TableName> names) {
        if (names.isEmpty()) {
            return manifest.tables();
        }
        return names.stream()
                .map(name -> manifest.tables().stream()
                        .filter(table -> table.name().equals(name))
                        .findFirst()
                        .orElseThrow(() ->
                                new JobFailedException("Backup %s has no table %s".formatted(manifest.id(), name))))
                .toList();
    }

    static TableName renamed(TableName name, String suffix) {
        return name.withTable(name.table() + suffix);
    }

    /** Which new table is there already, and what to do; or nothing. */
    static Optional<String> taken(List<TableEntry> tables, String suffix, Catalog catalog) {
        return tables.stream()
                .map(table -> renamed(table.name(), suffix))
                .filter(catalog::hasTable)
                .findFirst()
                .map(name -> "There is already a table %s: choose another suffix, or drop that table".formatted(name));
    }

    /** What keeps tables of a backup from replacing those of the same name, or nothing. */
    static Optional<String> drift(List<TableEntry> tables, Catalog catalog) {
        for (TableEntry table : tables) {
            if (!catalog.hasTable(table.name())) {
                continue;
            }
            List<ColumnShape> now = catalog.shape(table.name()).columns();
            if (!now.equals(table.columns())) {
                List<ColumnShape> differing = new ArrayList<>(now);
                differing.removeAll(table.columns());
                List<ColumnShape> missing = new ArrayList<>(table.columns());
                missing.removeAll(now);
                differing.addAll(missing);
                return Optional.of("Table %s has changed since the backup (%s): restore into a new table instead"
                        .formatted(table.name(), differing.getFirst()));
            }
        }
        return Optional.empty();
    }
}
