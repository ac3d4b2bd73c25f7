package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.slice.Cell;
import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceRow;

class TableComparisonTest {
    private static final long BEGAN = 5000;

    private final TableComparison comparison = new TableComparison(BEGAN, rows -> {});

    @Test
    void findsNothingInEqualRows() {
        assertThat(difference(List.of(row(1, "a"), row(2, "b")), List.of(row(1, "a"), row(2, "b"))))
                .isEmpty();
        assertThat(comparison.equal()).isEqualTo(2);
    }

    @Test
    void namesAMissingRowByItsKey() {
        assertThat(difference(List.of(row(1, "a"), row(2, "b"), row(3, "c")), List.of(row(1, "a"), row(3, "c"))))
                .contains("row 0x62 is missing");
        assertThat(difference(List.of(row(1, "a")), List.of())).contains("row 0x61 is missing");
    }

    @Test
    void namesARowThatIsNotInTheBackup() {
        assertThat(difference(List.of(row(1, "a")), List.of(row(1, "a"), row(2, "b"))))
                .contains("row 0x62 is not in the backup");
    }

    @Test
    void seesAnotherWritetimeAndAnotherExpiry() {
        assertThat(difference(List.of(row(1, "a", 1000, 0)), List.of(row(1, "a", 1001, 0))))
                .contains("row 0x61 has other cells");
        assertThat(difference(List.of(row(1, "a", 1000, 77)), List.of(row(1, "a", 1000, 78))))
                .contains("row 0x61 has other cells");
        assertThat(difference(List.of(row(1, "a", 1000, 77)), List.of(Rows.row(1, "a"))))
                .contains("row 0x61 has other cells");
    }

    @Test
    void countsWhatWasWrittenSinceApart() {
        SliceRow changed = row(1, "a", BEGAN + 1, 0);
        SliceRow addedBefore = row(2, "aa", BEGAN, 0);
        SliceRow addedAtTheEnd = row(4, "d", BEGAN + 9, 0);

        assertThat(difference(
                        List.of(row(1, "a"), row(3, "c")), List.of(changed, addedBefore, row(3, "c"), addedAtTheEnd)))
                .isEmpty();
        assertThat(comparison.changedSince()).isEqualTo(3);
    }

    @Test
    void cellsThatWereWrittenInTheFutureAreComparedLikeAllOthers() {
        CellGroup ahead = new CellGroup(BEGAN + 100, CellGroup.NEVER, List.of(new Cell(1, Rows.text("x"))));
        CellGroup before = new CellGroup(1000, CellGroup.NEVER, List.of(new Cell(2, Rows.text("y"))));
        CellGroup since = new CellGroup(BEGAN + 200, CellGroup.NEVER, List.of(new Cell(2, Rows.text("z"))));

        assertThat(difference(List.of(Rows.row(1, "a", ahead, before)), List.of(Rows.row(1, "a", ahead))))
                .contains("row 0x61 has other cells");
        assertThat(difference(List.of(Rows.row(1, "a", ahead, before)), List.of(Rows.row(1, "a", ahead, since))))
                .isEmpty();
        assertThat(comparison.changedSince()).isEqualTo(1);
    }

    @Test
    void tellsHowManyRowsItHasComparedWhateverTheyAre() {
        List<Long> told = new ArrayList<>();
        List<SliceRow> wanted =
                IntStream.range(0, 2500).mapToObj(row -> row(row, "a")).toList();
        List<SliceRow> there = IntStream.range(0, 2500)
                .mapToObj(row -> row < 5 ? row(row, "a", BEGAN, 0) : row(row, "a"))
                .toList();

        assertThat(new TableComparison(BEGAN, told::add).difference(wanted.iterator(), there.iterator()))
                .isEmpty();

        assertThat(told).containsExactly(1000L, 1000L, 500L);
    }

    private Optional<String> difference(List<SliceRow> expected, List<SliceRow> actual) {
        return comparison.difference(expected.iterator(), actual.iterator());
    }

    private static SliceRow row(long token, String key) {
        return row(token, key, 1000, CellGroup.NEVER);
    }

    private static SliceRow row(long token, String key, long writetime, long expiry) {
        return Rows.row(token, key, new CellGroup(writetime, expiry, List.of(new Cell(1, Rows.text("x")))));
    }
}
