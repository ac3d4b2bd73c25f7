package io.holdfast.backup.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class SliceRowTest {
    private static final CellGroup LASTING = new CellGroup(20, CellGroup.NEVER, List.of(new Cell(1, Rows.text("a"))));
    private static final CellGroup EXPIRING = new CellGroup(10, 100, List.of(new Cell(2, Rows.text("b"))));

    @Test
    void dropsCellsFromTheSecondTheyExpire() {
        SliceRow row = Rows.row(1, "a", LASTING, EXPIRING);

        assertThat(row.at(99)).contains(row);
        assertThat(row.at(100)).contains(Rows.row(1, "a", LASTING));
    }

    @Test
    void isGoneWithItsLastCell() {
        assertThat(Rows.row(1, "a", EXPIRING).at(100)).isEmpty();
    }

    @Test
    void staysWhenThereWasNothingButTheKey() {
        SliceRow row = Rows.row(1, "a");

        assertThat(row.at(Long.MAX_VALUE)).contains(row);
        assertThat(row.isKeyOnly()).isTrue();
    }

    @Test
    void livesAsLongAsItsLongestLivedGroupAndIsAsOldAsTheFirstOfThem() {
        CellGroup lastingLater = new CellGroup(30, CellGroup.NEVER, List.of());
        CellGroup expiringLater = new CellGroup(5, 200, List.of());

        assertThat(Rows.row(1, "a", EXPIRING, lastingLater, LASTING).longestLived())
                .contains(LASTING);
        assertThat(Rows.row(1, "a", EXPIRING, expiringLater).longestLived()).contains(expiringLater);
        assertThat(Rows.row(1, "a").longestLived()).isEmpty();
    }
}
