package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.slice.Cell;
import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.table.ColumnShape;
import io.holdfast.backup.table.ColumnShape.Kind;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableShape;

class ProjectionTest {
    private static final long NOW = 1000;
    private static final TableShape SHAPE = new TableShape(
            new TableName("shop", "articles"),
            List.of(
                    new ColumnShape("id", Kind.PARTITION_KEY, "text"),
                    new ColumnShape("shared", Kind.STATIC, "text"),
                    new ColumnShape("ignored", Kind.REGULAR, "text"),
                    new ColumnShape("kept", Kind.REGULAR, "text")));

    private final Projection projection = new Projection(SHAPE, Set.of("ignored", "shared"));

    @Test
    void theCellsThatAreLeftAreNumberedAnew() {
        SliceRow row = projection.of(Rows.row(1, "a", group(2, 50, CellGroup.NEVER), group(3, 60, CellGroup.NEVER)));

        assertThat(Projection.shown(row)).isEqualTo(Rows.row(1, "a", group(1, 60, CellGroup.NEVER)));
    }

    @Test
    void aRowThatExpiresWithAColumnThatIsLeftOutExpiresAllTheSame() {
        SliceRow row = projection.of(Rows.row(1, "a", group(2, 50, NOW - 1)));

        assertThat(row.at(NOW)).isEmpty();
        assertThat(row.at(NOW - 2)).map(Projection::shown).contains(Rows.row(1, "a", new CellGroup[0]));
    }

    @Test
    void aRowThatLivesByAColumnThatIsLeftOutLivesAllTheSame() {
        SliceRow row = projection.of(Rows.row(1, "a", group(2, 50, CellGroup.NEVER), group(3, 60, NOW - 1)));

        assertThat(row.at(NOW)).map(Projection::shown).contains(Rows.row(1, "a", new CellGroup[0]));
        assertThat(row.longestLived()).map(CellGroup::writetime).contains(50L);
    }

    @Test
    void ofStaticColumnsThatAreAllLeftOutNothingIsLeft() {
        SliceRow row =
                new SliceRow(1, SliceRow.Kind.STATIC, List.of(Rows.text("a")), List.of(group(1, 50, CellGroup.NEVER)));

        assertThat(projection.isLeft(projection.of(row))).isFalse();
    }

    private static CellGroup group(int column, long writetime, long expiry) {
        return new CellGroup(writetime, expiry, List.of(new Cell(column, Rows.text("x"))));
    }
}
