package io.holdfast.backup.table;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;

import io.holdfast.backup.table.ColumnShape.Kind;
import io.holdfast.backup.table.ColumnShape.Parts;

/**
 * The tables of a cluster, asked of Cassandra at each call: what the driver remembers of the schema may be a moment old,
 * and asking it to refresh can hang for good when Cassandra is lost meanwhile.
 */
public final class Catalog {
    private final Cluster cluster;

    public Catalog(Cluster cluster) {
        this.cluster = cluster;
    }

    public String clusterName() {
        return text(local(), "cluster_name");
    }

    /** The data centre of the node that is asked. */
    public String datacenter() {
        return text(local(), "data_center");
    }

    public boolean hasKeyspace(String keyspace) {
        return !ask("SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?", keyspace)
                .isEmpty();
    }

    public boolean hasTable(TableName name) {
        return table(name).isPresent();
    }

    /** The tables of a keyspace in alphabetical order; none when there is no such keyspace. */
    public List<TableName> tables(String keyspace) {
        return ask("SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", keyspace).stream()
                .map(row -> new TableName(keyspace, text(row, "table_name")))
                .sorted()
                .toList();
    }

    /** Why a table cannot be kept exactly, or nothing when it can. */
    public Optional<String> refusal(TableName name) {
        String partitioner = text(local(), "partitioner");
        if (!partitioner.endsWith("Murmur3Partitioner")) {
            return Optional.of("the cluster's partitioner is %s, not Murmur3Partitioner".formatted(partitioner));
        }
        return Refusals.of(shape(name), flags(name), masked(name));
    }

    /**
     * The columns of a table.
     *
     * @throws NoSuchTableException when it is not there
     */
    public TableShape shape(TableName name) {
        List<Row> columns = ask(
                "SELECT column_name, kind, position, type FROM system_schema.columns"
                        + " WHERE keyspace_name = ? AND table_name = ?",
                name.keyspace(),
                name.table());
        if (columns.isEmpty()) {
            throw new NoSuchTableException(name);
        }
        return new TableShape(
                name,
                columns.stream()
                        .sorted(Comparator.comparing(Catalog::kind)
                                .thenComparingInt(row -> row.getInt("position"))
                                .thenComparing(row -> text(row, "column_name")))
                        .map(row -> column(name.keyspace(), row))
                        .toList());
    }

    private ColumnShape column(String keyspace, Row row) {
        ColumnShape column = new ColumnShape(text(row, "column_name"), kind(row), text(row, "type"));
        return column.parts() == Parts.FIELDS
                ? new ColumnShape(column.name(), column.kind(), column.type(), fields(keyspace, column.type()))
                : column;
    }

    /** The fields of a user-defined type; none when there is no such type. */
    private List<FieldShape> fields(String keyspace, String type) {
        return ask(
                        "SELECT field_names, field_types FROM system_schema.types"
                                + " WHERE keyspace_name = ? AND type_name = ?",
                        keyspace,
                        TableName.unquoted(type))
                .stream()
                .flatMap(row -> {
                    List<String> names = texts(row, "field_names");
                    List<String> types = texts(row, "field_types");
                    return IntStream.range(0, names.size())
                            .mapToObj(field -> new FieldShape(names.get(field), types.get(field)));
                })
                .toList();
    }

    /** When columns of a table were dropped; those that have come back since are among them. */
    public Map<String, Instant> dropped(TableName name) {
        return ask(
                        "SELECT column_name, dropped_time FROM system_schema.dropped_columns"
                                + " WHERE keyspace_name = ? AND table_name = ?",
                        name.keyspace(),
                        name.table())
                .stream()
                .collect(Collectors.toMap(
                        row -> text(row, "column_name"),
                        row -> Objects.requireNonNullElse(row.getInstant("dropped_time"), Instant.EPOCH)));
    }

    /** The data centres of the cluster. */
    public Set<String> dataCentres() {
        return Stream.concat(
                        ask("SELECT data_center FROM system.local").stream(),
                        ask("SELECT data_center FROM system.peers_v2").stream())
                .map(row -> text(row, "data_center"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The statements that make the user-defined types of a keyspace, each after those it uses. */
    public List<String> types(String keyspace) {
        return statements(
                cluster.executeSchema("DESCRIBE KEYSPACE " + TableName.quoted(keyspace))
                        .all(),
                "type");
    }

    /** The statements that make a table. */
    public TableSchema schema(TableName name) {
        List<Row> keyspace = cluster.executeSchema("DESCRIBE KEYSPACE " + TableName.quoted(name.keyspace()))
                .all();
        List<Row> table = cluster.executeSchema("DESCRIBE TABLE " + name.cql()).all();
        return new TableSchema(
                statements(keyspace, "keyspace").getFirst(),
                statements(keyspace, "type"),
                statements(table, "table").getFirst(),
                statements(table, "index"));
    }

    /** By which Cassandra tells a table from others that have or had its name; nothing when it is not there. */
    public Optional<UUID> id(TableName name) {
        return table(name).flatMap(row -> Optional.ofNullable(row.getUuid("id")));
    }

    private Optional<Row> table(TableName name) {
        return ask(
                        "SELECT id, flags FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?",
                        name.keyspace(),
                        name.table())
                .stream()
                .findFirst();
    }

    private Set<String> flags(TableName name) {
        Row table = table(name).orElseThrow(() -> new NoSuchTableException(name));
        Set<String> flags = table.getSet("flags", String.class);
        return flags == null ? Set.of() : flags;
    }

    private Set<String> masked(TableName name) {
        return ask(
                        "SELECT column_name FROM system_schema.column_masks WHERE keyspace_name = ? AND table_name = ?",
                        name.keyspace(),
                        name.table())
                .stream()
                .map(row -> text(row, "column_name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Row local() {
        return ask("SELECT cluster_name, data_center, partitioner FROM system.local")
                .getFirst();
    }

    private List<Row> ask(String query, String... values) {
        return cluster.execute(SimpleStatement.newInstance(query, (Object[]) values))
                .all();
    }

    private static List<String> statements(List<Row> described, String type) {
        return described.stream()
                .filter(row -> type.equals(row.getString("type")))
                .map(row -> text(row, "create_statement"))
                .toList();
    }

    private static Kind kind(Row column) {
        String kind = text(column, "kind");
        return switch (kind) {
            case "partition_key" -> Kind.PARTITION_KEY;
            case "clustering" -> Kind.CLUSTERING;
            case "static" -> Kind.STATIC;
            case "regular" -> Kind.REGULAR;
            default -> throw new IllegalStateException("A column of an unknown kind: " + kind);
        };
    }

    private static List<String> texts(Row row, String column) {
        List<String> texts = row.getList(column, String.class);
        return texts == null ? List.of() : texts;
    }

    private static String text(Row row, String column) {
        return String.valueOf(row.getString(column));
    }
}
