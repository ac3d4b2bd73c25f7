package io.holdfast.backup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.table.TableName;

/**
 * A table that is made like one in a backup, under the same name or another, in the same keyspace or another.
 *
 * @param source as it is in the backup
 * @param name what the new table is called
 */
record TargetTable(TableEntry source, TableName name) {
    private static final Pattern INDEX = Pattern.compile(
            "CREATE (?<custom>CUSTOM )?INDEX (?<name>\"(?:[^\"]|\"\")+\"|\\w+) ON [^(]+(?<rest>\\((?<column>[^)]*).*)",
            Pattern.DOTALL);

    /** The statements that make the table, its types and its keyspace where they are missing. */
    List<String> statements() {
        List<String> statements = new ArrayList<>();
        statements.add(unlessPresent(source.schema().keyspace(), "CREATE KEYSPACE ", "", name.keyspace()));
        source.schema()
                .types()
                .forEach(type -> statements.add(unlessPresent(type, "CREATE TYPE ", ".", name.keyspace())));
        String table = source.schema().table();
        String head = "CREATE TABLE %s (".formatted(source.name().cql());
        if (!table.startsWith(head)) {
            throw new IllegalStateException("Not the statement of table %s: %s".formatted(source.name(), table));
        }
        statements.add("CREATE TABLE IF NOT EXISTS %s (".formatted(name.cql()) + table.substring(head.length()));
        return statements;
    }

    /** The same, but for the id the table has when they make it: Cassandra would choose one by chance. */
    List<String> statements(UUID id) {
        List<String> statements = new ArrayList<>(statements());
        String table = statements.removeLast();
        statements.add("%s AND id = '%s'".formatted(table.replaceFirst(";\\s*$", ""), id));
        return statements;
    }

    /** The statements that make the table's indexes; beside the old table, under other names. */
    List<String> indexes() {
        return indexes(Set.of());
    }

    /** The same without those of some columns. */
    List<String> indexes(Set<String> ignoredColumns) {
        Set<String> ignored = ignoredColumns.stream().map(TableName::quoted).collect(Collectors.toSet());
        return source.schema().indexes().stream()
                .filter(index -> !TypeDrift.uses(parts(index).group("column"), ignored))
                .map(this::index)
                .toList();
    }

    private static Matcher parts(String index) {
        Matcher parts = INDEX.matcher(index);
        if (!parts.matches()) {
            throw new IllegalStateException("Not the statement of an index: " + index);
        }
        return parts;
    }

    private String index(String statement) {
        Matcher parts = parts(statement);
        String index = parts.group("name");
        if (name.keyspace().equals(source.keyspace()) && !name.equals(source.name())) {
            String plain = index.startsWith("\"")
                    ? index.substring(1, index.length() - 1).replace("\"\"", "\"")
                    : index;
            index = TableName.quoted(name.table() + "_" + plain);
        }
        String custom = parts.group("custom") == null ? "" : "CUSTOM ";
        return "CREATE %sINDEX IF NOT EXISTS %s ON %s %s".formatted(custom, index, name.cql(), parts.group("rest"));
    }

    /** The statement with the keyspace it is to be in, which stands between the head and the text that follows. */
    private String unlessPresent(String statement, String head, String following, String keyspace) {
        String start = head + TableName.quoted(source.keyspace()) + following;
        if (!statement.startsWith(start)) {
            throw new IllegalStateException(
                    "Not a statement of keyspace %s: %s".formatted(source.keyspace(), statement));
        }
        return head + "IF NOT EXISTS " + TableName.quoted(keyspace) + following + statement.substring(start.length());
    }
}
