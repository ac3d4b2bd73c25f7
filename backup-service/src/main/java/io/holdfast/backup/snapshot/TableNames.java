package io.holdfast.backup.snapshot;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.table.TableName;
import io.holdfast.doors.problem.ProblemException;

/** Reads names of tables as callers write them. */
public final class TableNames {
    private static final Pattern NAME = Pattern.compile("(?:(?<keyspace>\\w{1,48})\\.)?(?<table>\\w{1,222})");

    private static final Pattern KEYSPACE = Pattern.compile("\\w{1,48}");

    private TableNames() {}

    /**
     * Refuses what no keyspace can be called: Cassandra refuses to look for some of it.
     *
     * @param field whose text it is
     * @throws ProblemException 400
     */
    static void requireKeyspaceName(String field, String text) {
        if (!KEYSPACE.matcher(text).matches()) {
            throw ProblemException.badField(field, "must be the name of a keyspace, such as shop");
        }
    }

    /**
     * The table a text names.
     *
     * @param field whose text it is
     * @param keyspace the keyspace of a table that is named without one; null when there is none
     * @throws ProblemException 400 when it names none
     */
    public static TableName parse(String field, @Nullable String text, @Nullable String keyspace) {
        Matcher parts = NAME.matcher(text == null ? "" : text);
        if (!parts.matches()) {
            throw ProblemException.badField(field, "must be the name of a table, such as orders or shop.orders");
        }
        String named = parts.group("keyspace");
        if (named != null && keyspace != null && !named.equals(keyspace)) {
            throw ProblemException.badField(field, "is in another keyspace than the field keyspace says");
        }
        String owner = named == null ? keyspace : named;
        if (owner == null) {
            throw ProblemException.badField(field, "must have its keyspace before a dot, such as shop.orders");
        }
        return new TableName(owner, parts.group("table"));
    }
}
