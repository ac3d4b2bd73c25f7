package io.holdfast.backup.restore;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.table.Catalog;
import io.holdfast.backup.table.TableName;

/** Which tables a restore is about, where they go, and whether they fit the cluster as it is. */
final class RestoreTables {
    private static final Pattern NETWORK_REPLICATION =
            Pattern.compile("replication = \\{(?<options>[^}]*NetworkTopologyStrategy[^}]*)\\}");
    private static final Pattern OPTION = Pattern.compile("'(?<name>[^']*)': '[^']*'");

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

    /** What a table is called where it goes. */
    static TableName target(TableName name, JobOrder.Restore order) {
        return switch (order.into()) {
            case NEW_TABLE -> name.withTable(name.table() + order.suffix());
            case NEW_KEYSPACE -> new TableName(order.keyspace(), name.table());
            case REPLACE -> name;
        };
    }

    /** What is in the way of new tables, and what to do; or nothing. */
    static Optional<String> obstacle(List<TableEntry> tables, JobOrder.Restore order, Catalog catalog) {
        return order.into() == JobOrder.Into.NEW_KEYSPACE
                ? keyspaceObstacle(tables, order.keyspace(), catalog)
                : taken(tables, order, catalog).or(() -> types(tables, catalog));
    }

    private static Optional<String> taken(List<TableEntry> tables, JobOrder.Restore order, Catalog catalog) {
        return tables.stream()
                .map(table -> target(table.name(), order))
                .filter(catalog::hasTable)
                .findFirst()
                .map(name -> "There is already a table %s: choose another suffix, or drop that table".formatted(name));
    }

    /** A new table beside the old one shares its types. */
    private static Optional<String> types(List<TableEntry> tables, Catalog catalog) {
        for (TableEntry table : tables) {
            if (catalog.hasKeyspace(table.keyspace())) {
                Set<String> changed = TypeDrift.of(table.schema().types(), catalog.types(table.keyspace()));
                if (TypeDrift.uses(table.schema().table(), changed)) {
                    return Optional.of(
                            "Keyspace %s has types that are others since the backup (%s), which table %s would share: restore into a new keyspace instead"
                                    .formatted(table.keyspace(), String.join(", ", changed), table.table()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> keyspaceObstacle(List<TableEntry> tables, String keyspace, Catalog catalog) {
        if (catalog.hasKeyspace(keyspace)) {
            return catalog.tables(keyspace).isEmpty() && catalog.types(keyspace).isEmpty()
                    ? Optional.empty()
                    : Optional.of("Keyspace %s is not empty: choose another name".formatted(keyspace));
        }
        Set<String> missing =
                new HashSet<>(dataCentres(tables.getFirst().schema().keyspace()));
        missing.removeAll(catalog.dataCentres());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "The backup's keyspace is replicated to data centres %s, of which this cluster has %s: make keyspace %s yourself, empty and replicated as you want it, and ask again"
                                .formatted(
                                        dataCentres(tables.getFirst().schema().keyspace()),
                                        catalog.dataCentres(),
                                        keyspace));
    }

    /** The data centres a keyspace is replicated to by name. */
    static Set<String> dataCentres(String createKeyspace) {
        Matcher replication = NETWORK_REPLICATION.matcher(createKeyspace);
        if (!replication.find()) {
            return Set.of();
        }
        return OPTION.matcher(replication.group("options"))
                .results()
                .map(option -> option.group(1))
                .filter(name -> !name.equals("class"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What keeps tables of a backup from replacing those of the same name, and what to do; or nothing. */
    static Optional<String> drift(List<TableEntry> tables, Manifest manifest, JobOrder.Restore order, Catalog catalog) {
        for (TableEntry table : tables) {
            if (!catalog.hasTable(table.name())) {
                if (!order.partition().isEmpty()) {
                    return Optional.of(
                            "There is no table %s any more, of which a partition could be replaced: restore into a new table"
                                    .formatted(table.name()));
                }
                Optional<String> types = types(List.of(table), catalog);
                if (types.isPresent()) {
                    return types;
                }
                continue;
            }
            Drift drift = Drift.of(table, manifest.startedAt(), catalog);
            if (drift.key().isPresent()) {
                return Optional.of("Table %s has changed since the backup: %s. Restore into a new table instead"
                        .formatted(table.name(), drift.key().get()));
            }
            for (Map.Entry<String, String> column : drift.columns().entrySet()) {
                if (!order.ignoreColumns().contains(column.getKey())) {
                    return Optional.of(
                            "Table %s has changed since the backup: %s. Name it in ignoreColumns to go without what the backup holds of it, or restore into a new table instead"
                                    .formatted(table.name(), column.getValue()));
                }
            }
        }
        return Optional.empty();
    }

    /** Which column is ignored for no reason, and what to do; or nothing. */
    static Optional<String> needless(
            List<TableEntry> tables, Manifest manifest, JobOrder.Restore order, Catalog catalog) {
        Set<String> needless = new HashSet<>(order.ignoreColumns());
        if (!needless.isEmpty()) {
            tables.stream()
                    .filter(table -> catalog.hasTable(table.name()))
                    .forEach(table -> needless.removeAll(Drift.of(table, manifest.startedAt(), catalog)
                            .columns()
                            .keySet()));
        }
        return needless.stream()
                .sorted()
                .findFirst()
                .map(column ->
                        "names column %s, which has not changed since the backup: leave it out".formatted(column));
    }
}
