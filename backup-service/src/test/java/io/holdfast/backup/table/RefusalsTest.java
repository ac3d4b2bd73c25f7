package io.holdfast.backup.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.table.ColumnShape.Kind;

class RefusalsTest {
    private static final Set<String> COMPOUND = Set.of("compound");

    @Test
    void keepsEveryTypeThatIsWrittenAsOne() {
        for (String type : List.of(
                "int",
                "text",
                "duration",
                "vector<float, 3>",
                "frozen<list<text>>",
                "frozen<map<text, frozen<set<int>>>>",
                "frozen<tuple<int, text>>",
                "frozen<address>")) {
            assertThat(Refusals.of(table("shop", type), COMPOUND, Set.of()))
                    .as(type)
                    .isEmpty();
        }
    }

    @Test
    void keepsWhatCassandraKeepsInParts() {
        for (String type : List.of("list<text>", "set<int>", "map<text, int>")) {
            assertThat(Refusals.of(table("shop", type), COMPOUND, Set.of()))
                    .as(type)
                    .isEmpty();
        }
        assertThat(Refusals.of(
                        table(new ColumnShape(
                                "value", Kind.REGULAR, "address", List.of(new FieldShape("street", "text")))),
                        COMPOUND,
                        Set.of()))
                .isEmpty();
    }

    @Test
    void refusesATypeItDoesNotKnow() {
        assertThat(Refusals.of(table("shop", "hologram"), COMPOUND, Set.of()))
                .hasValueSatisfying(why -> assertThat(why).contains("column value is hologram", "does not know"));
    }

    @Test
    void refusesCountersCompactTablesAndCassandrasOwn() {
        assertThat(Refusals.of(table("shop", "counter"), COMPOUND, Set.of()))
                .hasValueSatisfying(why -> assertThat(why).contains("value is a counter"));
        assertThat(Refusals.of(table("shop", "int"), Set.of("dense", "compound"), Set.of()))
                .hasValueSatisfying(why -> assertThat(why).contains("COMPACT STORAGE"));
        assertThat(Refusals.of(table("shop", "int"), Set.of(), Set.of())).isPresent();
        assertThat(Refusals.of(table("system_auth", "int"), COMPOUND, Set.of())).isPresent();
    }

    @Test
    void refusesMaskedColumnsByName() {
        assertThat(Refusals.of(table("shop", "text"), COMPOUND, Set.of("value")))
                .hasValueSatisfying(why -> assertThat(why).contains("[value] are masked"));
    }

    private static TableShape table(String keyspace, String type) {
        return new TableShape(
                new TableName(keyspace, "things"),
                List.of(
                        new ColumnShape("id", Kind.PARTITION_KEY, "int"),
                        new ColumnShape("value", Kind.REGULAR, type)));
    }

    private static TableShape table(ColumnShape value) {
        return new TableShape(
                new TableName("shop", "things"), List.of(new ColumnShape("id", Kind.PARTITION_KEY, "int"), value));
    }
}
