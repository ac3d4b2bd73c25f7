package io.holdfast.journal.record;

import java.util.Comparator;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import tools.jackson.databind.node.ObjectNode;

/**
 * A kind of row that is journaled: the journal it goes to, and how it is read.
 *
 * @param journal names its topics: {@code orders} goes to {@code journal.orders}; lower case letters, digits and dashes
 * @param name of the kind, {@code order}; written into every record
 * @param version of what {@code row} looks like, from 1 on; written into every record
 * @param row what the JSON of a record is read as: a record class of Java
 * @param fromPrevious makes the JSON of this version out of that of the version before
 * @param succession of two writes of one row that are not applied yet, which one is shown: the later one in this order
 */
public record RowType<T>(
        String journal,
        String name,
        int version,
        Class<T> row,
        UnaryOperator<ObjectNode> fromPrevious,
        Comparator<JournalRecord<T>> succession) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    public RowType {
        if (!isName(journal) || !isName(name) || version < 1) {
            throw new IllegalArgumentException(
                    "A journal and its rows have names like 'orders' and a version from 1 on, not '%s', '%s' and %d"
                            .formatted(journal, name, version));
        }
    }

    /** Whether a journal, or a kind of row, may be named so. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The first version of a kind of row, whose later write has the higher stamp. */
    public static <T> RowType<T> first(String journal, String name, Class<T> row) {
        return new RowType<>(
                journal, name, 1, row, UnaryOperator.identity(), Comparator.comparing(JournalRecord::stamp));
    }

    /** The same rows, of which another write is the later one. */
    public RowType<T> succeeding(Comparator<JournalRecord<T>> order) {
        return new RowType<>(journal, name, version, row, fromPrevious, order);
    }
}
