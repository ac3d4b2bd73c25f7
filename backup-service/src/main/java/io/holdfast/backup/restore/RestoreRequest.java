package io.holdfast.backup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobOrder.Into;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.snapshot.TableNames;
import io.holdfast.backup.table.Catalog;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.TableName;
import io.holdfast.doors.problem.ProblemException;

/**
 * What to bring back, as a caller says it.
 *
 * @param backupId which backup
 * @param tables which of its tables, with their keyspace before a dot; all when left out
 * @param into new-table, new-keyspace or replace
 * @param suffix what new tables have after the name of the old; {@code _restored} when left out
 * @param keyspace the name of the new keyspace
 * @param partition the values of one partition key in the order of its columns; all partitions when left out
 * @param ignoreColumns columns that have changed since the backup and are left out of it when it replaces tables
 */
record RestoreRequest(
        @Nullable UUID backupId,
        @Nullable List<@Nullable String> tables,
        @Nullable String into,
        @Nullable String suffix,
        @Nullable String keyspace,
        @Nullable List<@Nullable String> partition,
        @Nullable List<@Nullable String> ignoreColumns) {
    private static final String DEFAULT_SUFFIX = "_restored";
    private static final Pattern SUFFIX = Pattern.compile("\\w{1,40}");
    private static final Pattern KEYSPACE = Pattern.compile("[A-Za-z]\\w{0,47}");
    /** Of a table; the folder of its files adds an id. */
    private static final int LONGEST_NAME = 222;

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
    JobOrder.Restore order(Manifest manifest, Cluster cluster) {
        Into target = target();
        List<TableName> names = names(manifest);
        List<TableEntry> chosen = RestoreTables.chosen(manifest, names);
        JobOrder.Restore order = new JobOrder.Restore(
                manifest.id(),
                names,
                target,
                suffix == null ? DEFAULT_SUFFIX : suffix,
                keyspace == null ? "" : keyspace,
                given("partition", partition),
                given("ignoreColumns", ignoreColumns));
        if (!order.partition().isEmpty()) {
            requireOneTable(chosen);
            PartitionKey.parse(order.partition(), chosen.getFirst().columns(), cluster);
        }
        Catalog catalog = new Catalog(cluster);
        switch (target) {
            case NEW_TABLE -> requireShortNames(chosen, order.suffix());
            case NEW_KEYSPACE -> requireOneKeyspace(chosen);
            case REPLACE -> requireFit(chosen, manifest, order, catalog);
        }
        if (target != Into.REPLACE) {
            RestoreTables.obstacle(chosen, order, catalog).ifPresent(obstacle -> {
                throw ProblemException.conflict(obstacle);
            });
        }
        return order;
    }

    private Into target() {
        Into target = switch (into == null ? "" : into) {
            case "new-table" -> Into.NEW_TABLE;
            case "new-keyspace" -> Into.NEW_KEYSPACE;
            case "replace" -> Into.REPLACE;
            default -> throw ProblemException.badField("into", "must be new-table, new-keyspace or replace");
        };
        onlyFor("suffix", suffix, target == Into.NEW_TABLE, "new-table");
        onlyFor("keyspace", keyspace, target == Into.NEW_KEYSPACE, "new-keyspace");
        onlyFor("ignoreColumns", ignoreColumns, target == Into.REPLACE, "replace");
        if (target == Into.NEW_KEYSPACE
                && (keyspace == null || !KEYSPACE.matcher(keyspace).matches())) {
            throw ProblemException.badField(
                    "keyspace",
                    "must name the new keyspace: a letter, then letters, digits and underscores, 48 at most");
        }
        return target;
    }

    private static void onlyFor(String field, @Nullable Object value, boolean fits, String target) {
        if (value != null && !fits) {
            throw ProblemException.badField(field, "is for into: %s only; leave it out".formatted(target));
        }
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
        // One that is named twice would be loaded twice.
        return names.stream().distinct().toList();
    }

    /** The texts of a list that may be left out, but not be empty. */
    private static List<String> given(String field, @Nullable List<@Nullable String> texts) {
        if (texts == null) {
            return List.of();
        }
        if (texts.isEmpty()) {
            throw ProblemException.badField(field, "must not be empty; leave it out");
        }
        List<String> given = new ArrayList<>();
        for (int position = 0; position < texts.size(); position++) {
            String text = texts.get(position);
            if (text == null) {
                throw ProblemException.badField("%s[%d]".formatted(field, position), "must not be null");
            }
            given.add(text);
        }
        return given;
    }

    private static void requireOneTable(List<TableEntry> chosen) {
        if (chosen.size() != 1) {
            throw ProblemException.badField("tables", "must name exactly one table for partition, of " + named(chosen));
        }
    }

    private static void requireOneKeyspace(List<TableEntry> chosen) {
        if (chosen.stream().map(TableEntry::keyspace).distinct().count() > 1) {
            throw ProblemException.unprocessable(
                    "tables", "must be of one keyspace to come into one; these are in the backup: " + named(chosen));
        }
    }

    private static List<TableName> named(List<TableEntry> tables) {
        return tables.stream().map(TableEntry::name).toList();
    }

    private static void requireShortNames(List<TableEntry> chosen, String end) {
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
    }

    private static void requireFit(
            List<TableEntry> chosen, Manifest manifest, JobOrder.Restore order, Catalog catalog) {
        RestoreTables.drift(chosen, manifest, order, catalog).ifPresent(drift -> {
            throw ProblemException.unprocessable("into", "cannot be replace: " + drift);
        });
        RestoreTables.needless(chosen, manifest, order, catalog).ifPresent(needless -> {
            throw ProblemException.unprocessable("ignoreColumns", needless);
        });
    }
}
