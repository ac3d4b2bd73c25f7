package io.holdfast.backup.restore;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.CqlSession;

import io.holdfast.backup.table.TableName;

/** A table with a column of every type that can be kept, and rows of every kind. */
public final class EveryType {
    private static final Map<String, String> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put("ascii", "'plain%d'");
        TYPES.put("bigint", "%d000000000");
        TYPES.put("blob", "0x00ff%1$04d");
        TYPES.put("boolean", "true");
        TYPES.put("date", "'2026-11-21'");
        TYPES.put("decimal", "%d.12345678901234567890");
        TYPES.put("double", "%d.5");
        TYPES.put("duration", "1mo2d%dm");
        TYPES.put("float", "-%d.25");
        TYPES.put("inet", "'192.168.0.1'");
        TYPES.put("int", "%d");
        TYPES.put("smallint", "-3");
        TYPES.put("text", "'ünïcode %d'");
        TYPES.put("time", "'13:30:54.234'");
        TYPES.put("timestamp", "'2026-11-21T10:00:00.123Z'");
        TYPES.put("timeuuid", "50554d6e-29bb-11e5-b345-feff819cdc9f");
        TYPES.put("tinyint", "7");
        TYPES.put("uuid", "123e4567-e89b-12d3-a456-426614174000");
        TYPES.put("varint", "%d123456789012345678901234567890");
        TYPES.put("vector<float, 3>", "[%d.5, 2, 3]");
        TYPES.put("frozen<list<text>>", "['a', 'b', 'a']");
        TYPES.put("frozen<set<int>>", "{3, 1, 2}");
        TYPES.put("frozen<map<text, frozen<list<int>>>>", "{'k%d': [1, 2], '': []}");
        TYPES.put("frozen<tuple<int, text, frozen<set<uuid>>>>", "(%d, null, {})");
        TYPES.put("frozen<address>", "{street: 'Long Lane %d', numbers: [1, 2]}");
        TYPES.put("frozen<list<frozen<address>>>", "[{street: null, numbers: []}]");
    }

    private EveryType() {}

    public static void create(CqlSession session, TableName table) {
        session.execute("CREATE TYPE %s.address (street text, numbers frozen<list<int>>)".formatted(table.keyspace()));
        String columns =
                TYPES.keySet().stream().map(type -> column(type) + " " + type).collect(Collectors.joining(", "));
        session.execute("""
                CREATE TABLE %s (pk1 int, pk2 text, ck1 timeuuid, ck2 bigint,
                  s1 text static, "S 2" frozen<set<int>> static, "Quoted" text, %s,
                  PRIMARY KEY ((pk1, pk2), ck1, ck2))
                WITH CLUSTERING ORDER BY (ck1 DESC, ck2 ASC) AND comment = 'every ''type''' AND default_time_to_live = 5000""".formatted(table.cql(), columns));
    }

    /** Rows that were inserted, updated, deleted; with TTL and without; with nulls, empty values, or nothing but a key. */
    public static void fill(CqlSession session, TableName table, int rows) {
        for (int row = 0; row < rows; row++) {
            insertWhole(session, table, row);
            change(session, table, row);
        }
    }

    private static void insertWhole(CqlSession session, TableName table, int row) {
        String columns = TYPES.keySet().stream().map(EveryType::column).collect(Collectors.joining(", "));
        int number = row;
        String values =
                TYPES.values().stream().map(value -> value.formatted(number)).collect(Collectors.joining(", "));
        session.execute("INSERT INTO %s (%s, %s) VALUES (%s, %s) USING TIMESTAMP %d AND TTL %d"
                .formatted(
                        table.cql(),
                        "pk1, pk2, ck1, ck2",
                        columns,
                        key(row),
                        values,
                        1_000_000_000_000L + row,
                        row % 3 == 0 ? 0 : 1000 + row));
    }

    private static void change(CqlSession session, TableName table, int row) {
        String where =
                "pk1 = %d AND pk2 = 'p%d' AND ck1 = %s AND ck2 = %d".formatted(row % 10, row % 10, timeuuid(row), row);
        String partition = "pk1 = %d AND pk2 = 'p%d'".formatted(row % 10, row % 10);
        String cql = table.cql();
        switch (row % 8) {
            case 0 ->
                session.execute("UPDATE %s USING TTL 2000 SET v_text = '', \"Quoted\" = 'later' WHERE %s"
                        .formatted(cql, where));
            case 1 -> session.execute("DELETE v_int, v_blob FROM %s WHERE %s".formatted(cql, where));
            case 2 -> session.execute("DELETE FROM %s WHERE %s".formatted(cql, where));
            case 3 ->
                session.execute("UPDATE %s USING TTL 0 SET s1 = 'static %d' WHERE %s".formatted(cql, row, partition));
            case 4 ->
                session.execute("INSERT INTO %s (pk1, pk2, ck1, ck2) VALUES (%d, 'keyonly', %s, %d) USING TTL 0"
                        .formatted(cql, row, timeuuid(row), row));
            case 5 ->
                session.execute("UPDATE %s USING TTL 4000 SET \"S 2\" = {%d} WHERE pk1 = %d AND pk2 = 'static only'"
                        .formatted(cql, row, row));
            case 6 ->
                session.execute("UPDATE %s USING TIMESTAMP -5 AND TTL 0 SET \"Quoted\" = 'updated only' WHERE %s"
                        .formatted(cql, where.replace("ck2 = ", "ck2 = -1")));
            default -> session.execute("UPDATE %s SET v_blob = 0x, v_int = null WHERE %s".formatted(cql, where));
        }
    }

    private static String key(int row) {
        return "%d, 'p%d', %s, %d".formatted(row % 10, row % 10, timeuuid(row), row);
    }

    private static String timeuuid(int row) {
        return "%08x-29bb-11e5-b345-feff819cdc9f".formatted(row * 7919);
    }

    private static String column(String type) {
        return "v_" + type.replaceAll("\\W+", "_").replaceAll("_$", "");
    }
}
