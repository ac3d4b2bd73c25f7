package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableSchema;

class TargetTableTest {
    private static final TableEntry SOURCE = new TableEntry(
            "shop",
            "Orders",
            0,
            0,
            new TableSchema(
                    "CREATE KEYSPACE shop WITH replication = {};",
                    List.of("CREATE TYPE shop.address (street text);"),
                    "CREATE TABLE shop.\"Orders\" (id int PRIMARY KEY) WITH comment = 'CREATE TABLE shop.\"Orders\" (';",
                    List.of(
                            "CREATE INDEX by_id ON shop.\"Orders\" (id);",
                            "CREATE CUSTOM INDEX \"By\"\"Id\" ON shop.\"Orders\" (values(id)) USING 'SAI';")),
            List.of(),
            List.of());

    @Test
    void isMadeWithAnIdOfItsOwnWhenOneIsGiven() {
        UUID id = new UUID(0, 7);

        assertThat(new TargetTable(SOURCE, SOURCE.name()).statements(id).getLast())
                .isEqualTo(
                        "CREATE TABLE IF NOT EXISTS shop.\"Orders\" (id int PRIMARY KEY)"
                                + " WITH comment = 'CREATE TABLE shop.\"Orders\" (' AND id = '00000000-0000-0000-0000-000000000007'");
    }

    @Test
    void isMadeUnderItsOldNameWithItsIndexesWhereMissing() {
        TargetTable target = new TargetTable(SOURCE, SOURCE.name());

        assertThat(target.statements())
                .containsExactly(
                        "CREATE KEYSPACE IF NOT EXISTS shop WITH replication = {};",
                        "CREATE TYPE IF NOT EXISTS shop.address (street text);",
                        "CREATE TABLE IF NOT EXISTS shop.\"Orders\" (id int PRIMARY KEY)"
                                + " WITH comment = 'CREATE TABLE shop.\"Orders\" (';");
        assertThat(target.indexes())
                .containsExactly(
                        "CREATE INDEX IF NOT EXISTS by_id ON shop.\"Orders\" (id);",
                        "CREATE CUSTOM INDEX IF NOT EXISTS \"By\"\"Id\" ON shop.\"Orders\" (values(id)) USING 'SAI';");
    }

    @Test
    void isMadeUnderAnotherNameAndSoAreItsIndexes() {
        TargetTable target = new TargetTable(SOURCE, new TableName("shop", "copy"));

        assertThat(target.statements().getLast())
                .startsWith("CREATE TABLE IF NOT EXISTS shop.copy (id int PRIMARY KEY)");
        assertThat(target.indexes())
                .containsExactly(
                        "CREATE INDEX IF NOT EXISTS copy_by_id ON shop.copy (id);",
                        "CREATE CUSTOM INDEX IF NOT EXISTS \"copy_By\"\"Id\" ON shop.copy (values(id)) USING 'SAI';");
    }

    @Test
    void isMadeInAnotherKeyspaceWithItsTypesAndTheNamesOfItsIndexes() {
        TargetTable target = new TargetTable(SOURCE, new TableName("Other", "Orders"));

        assertThat(target.statements())
                .containsExactly(
                        "CREATE KEYSPACE IF NOT EXISTS \"Other\" WITH replication = {};",
                        "CREATE TYPE IF NOT EXISTS \"Other\".address (street text);",
                        "CREATE TABLE IF NOT EXISTS \"Other\".\"Orders\" (id int PRIMARY KEY)"
                                + " WITH comment = 'CREATE TABLE shop.\"Orders\" (';");
        assertThat(target.indexes().getFirst())
                .isEqualTo("CREATE INDEX IF NOT EXISTS by_id ON \"Other\".\"Orders\" (id);");
    }
}
