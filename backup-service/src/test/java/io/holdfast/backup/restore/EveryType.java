package io.holdfast.backup.restore;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
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
        TYPES.put("tuple<int, text>", "(%d, '')");
        TYPES.put("vector<text, 2>", "['%d', '']");
        TYPES.put("list<text>", "['first %d', '', 'first %1$d']");
        TYPES.put("set<text>", "{'', 'one', '%d'}");
        TYPES.put("map<text, frozen<list<int>>>", "{'': [], 'k%d': [%1$d, 2]}");
        TYPES.put("map<int, blob>", "{%d: 0x, 3: 0xff}");
        TYPES.put("place", "{name: 'here %d', tags: {'x'}, \"Quoted field\": ''}");
    }

    private EveryType() {}

    public static void create(CqlSession session, TableName table) {
        session.execute("CREATE TYPE %s.address (street text, numbers frozen<list<int>>)".formatted(table.keyspace()));
        session.execute(
                "CREATE TYPE %s.place (name text, spot frozen<tuple<int, int>>, tags frozen<set<text>>, \"Quoted field\" text)"
                        .formatted(table.keyspace()));
        String columns =
                TYPES.keySet().stream().map(type -> column(type) + " " + type).collect(Collectors.joining(", "));
        session.execute("""
                CREATE TABLE %s (pk1 int, pk2 text, ck1 timeuuid, ck2 bigint,
                  s1 text static, "S 2" frozen<set<int>> static, "Quoted" text,
                  s_list list<int> static, s_map map<text, int> static, s_place place static, %s,
                  PRIMARY KEY ((pk1, pk2), ck1, ck2))
                WITH CLUSTERING ORDER BY (ck1 DESC, ck2 ASC) AND comment = 'every ''type''' AND default_time_to_live = 5000""".formatted(table.cql(), columns));
    }

    /** Rows that were inserted, updated, deleted; with TTL and without; with nulls, empty values, or nothing but a key. */
    public static void fill(CqlSession session, TableName table, int rows) {
        for (int row = 0; row < rows; row++) {
            insertWhole(session, table, row);
            change(session, table, row);
            changeParts(session, table, row);
        }
    }

    /** Parts of values, written each at its own time, with TTL and without, some deleted again. */
    private static void changeParts(CqlSession session, TableName table, int row) {
        String cql = table.cql();
        String where =
                "pk1 = %d AND pk2 = 'p%d' AND ck1 = %s AND ck2 = %d".formatted(row % 10, row % 10, timeuuid(row), row);
        String partition = "pk1 = %d AND pk2 = 'p%d'".formatted(row % 10, row % 10);
        switch (row % 9) {
            case 0 ->
                session.execute(("UPDATE %s USING TTL 3000 SET v_list_text = v_list_text + ['later'],"
                                + " v_set_text = v_set_text + {'later'}, v_map_int_blob[9] = 0x09, v_place.spot = (1, null) WHERE %s")
                        .formatted(cql, where));
            case 1 -> {
                session.execute("UPDATE %s USING TTL 0 SET v_list_text = ['before'] + v_list_text WHERE %s"
                        .formatted(cql, where));
                session.execute(
                        "UPDATE %s USING TTL 500 SET v_list_text[0] = 'in its place' WHERE %s".formatted(cql, where));
            }
            case 2 ->
                session.execute(
                        "UPDATE %s SET v_set_text = v_set_text - {'one'}, v_map_int_blob[3] = null, v_place.name = null WHERE %s"
                                .formatted(cql, where));
            case 3 ->
                session.execute(
                        "UPDATE %s USING TIMESTAMP %d AND TTL 700 SET s_list = s_list + [%d, 1], s_map['k%d'] = 1, s_place.name = '' WHERE %s"
                                .formatted(cql, 5_000_000 - row, row, row, partition));
            case 4 -> {
                if (row % 8 != 2) {
                    session.execute("DELETE v_list_text[0] FROM %s WHERE %s".formatted(cql, where));
                }
            }
            case 5 ->
                session.execute(
                        "UPDATE %s USING TIMESTAMP 7 AND TTL 0 SET v_list_text = v_list_text + ['a', 'b'], v_place.name = 'x' WHERE %s"
                                .formatted(cql, where.replace("ck2 = ", "ck2 = -2")));
            case 6 ->
                session.execute(
                        "UPDATE %s SET v_list_text = [], v_set_text = {}, v_map_int_blob = {}, v_place = null WHERE %s"
                                .formatted(cql, where));
            case 7 ->
                session.execute(
                        "UPDATE %s USING TTL 0 SET s_list = s_list + [%d], s_map = s_map + {'': 2}, s_place.\"Quoted field\" = 'q' WHERE %s"
                                .formatted(cql, row, partition));
            default -> {}
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

    /** A row as JSON, with a value in every column that is not static. */
    static String json(int row, int partition, String name) {
        return """
                {"pk1": %2$d, "pk2": "%3$s", "ck1": "%4$s", "ck2": %1$d, "v_ascii": "plain%1$d", "v_bigint": %1$d000000000,
                "v_blob": "0x00ff%1$08d", "v_boolean": true, "v_date": "2026-11-21", "v_decimal": %1$d.12345678901234567890,
                "v_double": %1$d.5, "v_duration": "1mo2d%1$dm", "v_float": -%1$d.25, "v_inet": "192.168.0.1", "v_int": %1$d,
                "v_smallint": -3, "v_text": "ünïcode %1$d", "v_time": "13:30:54.234", "v_timestamp": "2026-11-21T10:00:00.123Z",
                "v_timeuuid": "50554d6e-29bb-11e5-b345-feff819cdc9f", "v_tinyint": 7, "v_uuid": "123e4567-e89b-12d3-a456-426614174000",
                "v_varint": %1$d123456789012345678901234567890, "v_vector_float_3": [%1$d.5, 2, 3], "v_vector_text_2": ["%1$d", ""],
                "v_frozen_list_text": ["a", "b", "a"], "v_frozen_set_int": [3, 1, 2],
                "v_frozen_map_text_frozen_list_int": {"k%1$d": [1, 2], "": []},
                "v_frozen_tuple_int_text_frozen_set_uuid": [%1$d, null, []],
                "v_frozen_address": {"street": "Long Lane %1$d", "numbers": [1, 2]},
                "v_frozen_list_frozen_address": [{"street": null, "numbers": []}], "v_tuple_int_text": [%1$d, ""],
                "v_list_text": ["first %1$d", "", "second"], "v_set_text": ["", "one", "%1$d"],
                "v_map_text_frozen_list_int": {"": [], "k": [%1$d]}, "v_map_int_blob": {"3": "0xff", "4": "0x"},
                "v_place": {"name": "here", "tags": ["x"]}}
                """.formatted(row, partition, name, timeuuid(row));
    }

    static UUID uuid(int row) {
        return UUID.fromString(timeuuid(row));
    }

    private static String timeuuid(int row) {
        return "%08x-29bb-11e5-b345-feff819cdc9f".formatted(row * 7919);
    }

    private static String column(String type) {
        return "v_" + type.replaceAll("\\W+", "_").replaceAll("_$", "");
    }
}
