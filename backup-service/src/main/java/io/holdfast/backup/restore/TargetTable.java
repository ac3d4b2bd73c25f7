package io.holdfast.backup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.table.TableName;

/**
 * A table that is made like one in a backup, under the same name or another.
 *
 * @param source as it is in the backup
 * @param name what the new table is called
 */
record TargetTable(TableEntry source, TableName name) {
    private static final Pattern INDEX = Pattern.compile(
            "CREATE (?<custom>CUSTOM )?INDEX (?<name>\"(?:[^\"]|\"\")+\"|\\w+) ON [^(]+(?<rest>\\(.*)", Pattern.DOTALL);

    /** The statements that make the table, its types and its keyspace where they are missing. */
    List<String> statements() {
        List<String> statements = new ArrayList<>();
        statements.add(unlessPresent(source.schema().keyspace(), "CREATE KEYSPACE "));
        source.schema().types().forEach(type -> statements.add(unlessPresent(type, "CREATE TYPE ")));
        String table = source.schema().table();
        String head = "CREATE TABLE %s (".formatted(source.name().cql());
        if (!table.startsWith(head)) {
            throw new IllegalStateException("Not the statement of table %s: %s".formatted(source.name(), table));
        }
        statements.add("CREATE TABLE IF NOT EXISTS %s (".formatted(name.cql()) + table.substring(head.length()));
        return statements;
    }

    /** The statements that make the table's indexes; under another name of the table, under other names. */
    List<String> indexes() {
        return source.schema().indexes().stream().map(this::index).toList();
    }

    private String index(String statement) {
        Matcher parts = INDEX.matcher(statement);
        if (!parts.matches()) {
            throw new IllegalStateException("Not the statement of an index: " + statement);
        }
        String index = parts.group("name");
        if (!name.equals(source.name())) {
            String plain = index.startsWith("\"")
                    ? index.substring(1, index.length() - 1).replace("\"\"", "\"")
                    : index;
            index = TableName.quoted(name.table() + "_" + plain);
        }
        String custom = parts.group("custom") == null ? "" : "CUSTOM ";
        return "CREATE %sINDEX IF NOT EXISTS %s ON %s %s".formatted(custom, index, name.cql(), parts.group("rest"));
    }

    private static String unlessPresent(String statement, String head) {
        return statement.startsWith(head) ? head + "IF NOT EXISTS " + statement.substring(head.length()) : statement;
    }
}
