package io.holdfast.backup.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.table.ColumnShape.Kind;

class TableShapeTest {
    private static final TableShape SHAPE = new TableShape(
            new TableName("shop", "Orders"),
            List.of(
                    new ColumnShape("user", Kind.PARTITION_KEY, "uuid"),
                    new ColumnShape("id", Kind.CLUSTERING, "int"),
                    new ColumnShape("name", Kind.STATIC, "text"),
                    new ColumnShape("total", Kind.REGULAR, "decimal")));

    @Test
    void knowsWhichColumnsMakeUpTheKey() {
        assertThat(SHAPE.keySize(true)).isEqualTo(1);
        assertThat(SHAPE.keySize(false)).isEqualTo(2);
        assertThat(SHAPE.positions(Kind.STATIC)).containsExactly(2);
        assertThat(SHAPE.positions(Kind.REGULAR)).containsExactly(3);
    }

    @Test
    void hasTheSameHeaderUnderAnotherName() {
        assertThat(SHAPE.as(new TableName("shop", "copy")).header())
                .isEqualTo(SHAPE.header())
                .isEqualTo("PARTITION_KEY user uuid\nCLUSTERING id int\nSTATIC name text\nREGULAR total decimal");
    }

    @Test
    void quotesNamesWhereCqlNeedsIt() {
        assertThat(SHAPE.name().cql()).isEqualTo("shop.\"Orders\"");
        assertThat(SHAPE.name()).hasToString("shop.Orders");
        assertThat(new TableName("a", "b")).isLessThan(new TableName("a", "c")).isLessThan(new TableName("b", "a"));
    }
}
