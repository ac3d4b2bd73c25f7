package io.holdfast.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.holdfast.backup.table.TableName;
import io.holdfast.doors.problem.ProblemException;

class TableNamesTest {
    @Test
    void haveTheirKeyspaceBeforeADotOrFromTheRequest() {
        assertThat(TableNames.parse("tables[0]", "shop.orders", null)).isEqualTo(new TableName("shop", "orders"));
        assertThat(TableNames.parse("tables[0]", "orders", "shop")).isEqualTo(new TableName("shop", "orders"));
        assertThat(TableNames.parse("tables[0]", "shop.Orders", "shop")).isEqualTo(new TableName("shop", "Orders"));
    }

    @Test
    void thatAreNoneAreRefusedWithTheirField() {
        List<@Nullable String> wrong = Arrays.asList(
                null, "", " ", "a.b.c", "orders;", "or\u0000ders", "x".repeat(300), "shop.", ".orders", "\"shop\".x");
        for (String text : wrong) {
            assertThatThrownBy(() -> TableNames.parse("tables[7]", text, "shop"))
                    .as(String.valueOf(text))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("tables[7]");
        }
    }

    @Test
    void needAKeyspaceAndOnlyOne() {
        assertThatThrownBy(() -> TableNames.parse("tables[0]", "orders", null)).hasMessageContaining("before a dot");
        assertThatThrownBy(() -> TableNames.parse("tables[0]", "shop.orders", "other"))
                .hasMessageContaining("another keyspace");
    }
}
