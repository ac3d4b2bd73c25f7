package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.slice.Cell;
import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceRow;

class ListPlacesTest {
    private static final Cell WHOLE = new Cell(3, Rows.text("whole"));

    @Test
    void countsWhatIsLeftFromZeroAcrossGroups() {
        SliceRow row = Rows.row(
                1,
                "a",
                new CellGroup(10, 0, List.of(element(1, "b"), element(7, "d"), WHOLE)),
                new CellGroup(20, 0, List.of(element(4, "c"))));

        assertThat(new ListPlaces(Set.of(2)).counted(row))
                .isEqualTo(Rows.row(
                        1,
                        "a",
                        new CellGroup(10, 0, List.of(element(0, "b"), element(2, "d"), WHOLE)),
                        new CellGroup(20, 0, List.of(element(1, "c")))));
    }

    @Test
    void leavesFieldsAndKeysAlone() {
        SliceRow row = Rows.row(1, "a", new CellGroup(10, 0, List.of(element(5, "field"))));

        assertThat(new ListPlaces(Set.of()).counted(row)).isEqualTo(row);
        assertThat(new ListPlaces(Set.of(4)).counted(row)).isEqualTo(row);
    }

    private static Cell element(int place, String value) {
        return new Cell(2, Cell.place(place), Rows.text(value));
    }
}
