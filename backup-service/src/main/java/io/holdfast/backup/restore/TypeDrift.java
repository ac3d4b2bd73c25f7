package io.holdfast.backup.restore;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.holdfast.backup.table.TableName;

/**
 * User-defined types that are no longer what they were at the backup, so that bytes of then would be read wrongly now. A
 * type that has more fields than then, behind the others, still reads them rightly.
 */
final class TypeDrift {
    private static final Pattern TYPE = Pattern.compile(
            "CREATE TYPE [^(]*?\\.(?<name>\"(?:[^\"]|\"\")+\"|\\w+) \\((?<fields>.*?)\\s*\\);?\\s*", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\"(?:[^\"]|\"\")+\"|\\w+");

    private TypeDrift() {}

    /**
     * The names of such types, as CQL writes them, those that are made up of such types included.
     *
     * @param then the CREATE statements at the backup
     * @param now those of today
     */
    static Set<String> of(List<String> then, List<String> now) {
        Map<String, String> before = fields(then);
        Map<String, String> today = fields(now);
        Set<String> changed = new HashSet<>();
        before.forEach((name, fields) -> {
            String present = today.getOrDefault(name, fields);
            if (!present.equals(fields) && !present.startsWith(fields + ",")) {
                changed.add(name);
            }
        });
        int known;
        do {
            known = changed.size();
            before.forEach((name, fields) -> {
                if (uses(fields, changed)) {
                    changed.add(name);
                }
            });
        } while (changed.size() > known);
        return changed;
    }

    /** Whether a CQL type, or the fields of one, are made up of one of these types. */
    static boolean uses(String type, Collection<String> names) {
        return !names.isEmpty() && WORD.matcher(type).results().anyMatch(word -> names.contains(word.group()));
    }

    private static Map<String, String> fields(List<String> statements) {
        Map<String, String> fields = new HashMap<>();
        for (String statement : statements) {
            Matcher parts = TYPE.matcher(statement);
            if (!parts.matches()) {
                throw new IllegalStateException("Not the statement of a type: " + statement);
            }
            fields.put(TableName.quoted(TableName.unquoted(parts.group("name"))), parts.group("fields"));
        }
        return fields;
    }
}
