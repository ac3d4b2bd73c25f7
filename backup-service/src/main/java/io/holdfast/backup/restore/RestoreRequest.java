package io.holdfast.backup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.snapshot.TableNames;
import io.holdfast.backup.table.Catalog;
import io.holdfast.backup.table.TableName;
import io.holdfast.doors.problem.ProblemException;

/**
 * What to bring back, as a caller says it.
 *
 * @param backupId which backup
 * @param tables which of its tables, with their keyspace before a dot; all when left out
 * @param into new-table or replace
 * @param suffix what new tables have after the name of the old; {@code _restored} when left out
 */
record RestoreRequest(
        @Nullable UUID backupId,
        @Nullable List<@Nullable String> tables,
        @Nullable String into,
        @Nullable String suffix) {
    private static final String DEFAULT_SUFFIX = "_restored";
    private static final Pattern SUFFIX = Pattern.compile("\\w{1,40}");
    private static final int LONGEST_NAME = 48;

    UUID requiredBackupId() {
        if (backupId == null) {
            throw ProblemException.badField("backupId", "must be the id of a backup");
        }
        return backupId;
    }

    /**
     * The order that follows, after all it names was found to fit.
     *
     * @throws ProblemException 400, 409 or 422 that names the field and the mend
     */
    JobOrder.Restore order(Manifest manifest, Catalog catalog) {
        JobOrder.Into target = target();
        List<TableEntry> chosen = RestoreTables.chosen(manifest, names(manifest));
        String end = suffix == null ? DEFAULT_SUFFIX : suffix;
        switch (target) {
            case NEW_TABLE -> requireFree(chosen, end, catalog);
            case REPLACE -> requireSameShape(chosen, catalog);
        }
        return new JobOrder.Restore(manifest.id(), tables == null ? List.of() : names(manifest), target, end);
    }

    private JobOrder.Into target() {
        return switch (into == null ? "" : into) {
            case "new-table" -> JobOrder.Into.NEW_TABLE;
            case "replace" -> {
                if (suffix != null) {
                    throw ProblemException.badField("suffix", "is for into: new-table only; leave it out");
                }
                yield JobOrder.Into.REPLACE;
            }
            default -> throw ProblemException.badField("into", "must be new-table or replace");
        };
    }

    private List<TableName> names(Manifest manifest) {
        if (tables == null) {
            return List.of();
        }
        if (tables.isEmpty()) {
            throw ProblemException.badField("tables", "must name at least one table, or be left out for all");
        }
        List<TableName> present =
                manifest.tables().stream().map(TableEntry::name).toList();
        List<TableName> names = new ArrayList<>();
        for (int position = 0; position < tables.size(); position++) {
            String field = "tables[%d]".formatted(position);
            TableName name = TableNames.parse(field, tables.get(position), null);
            if (!present.contains(name)) {
                throw ProblemException.unprocessable(
                        field, "names table %s, which is not in the backup: name some of %s".formatted(name, present));
            }
            names.add(name);
        }
        return names;
    }

    private static void requireFree(List<TableEntry> chosen, String end, Catalog catalog) {
        if (!SUFFIX.matcher(end).matches()) {
            throw ProblemException.badField("suffix", "must be letters, digits and underscores, 40 at most");
        }
        for (TableEntry table : chosen) {
            if (table.table().length() + end.length() > LONGEST_NAME) {
                throw ProblemException.badField(
                        "suffix",
                        "makes the name of table %s longer than %d characters: choose a shorter one"
                                .formatted(table.name(), LONGEST_NAME));
            }
        }
        RestoreTables.taken(chosen, end, catalog).ifPresent(taken -> {
            throw ProblemException.conflict(taken);
        });
    }

    private static void requireSameShape(List<TableEntry> chosen, Catalog catalog) {
        RestoreTables.drift(chosen, catalog).ifPresent(drift -> {
            throw ProblemException.unprocessable("into", "cannot be replace: " + drift);
        });
    }
}
