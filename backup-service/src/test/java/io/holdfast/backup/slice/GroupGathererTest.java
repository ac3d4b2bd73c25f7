package io.holdfast.backup.slice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupGathererTest {
    @Test
    void gathersHoweverManyTimesThereAreInTheOrderOfTheirFirstCells() {
        GroupGatherer gatherer = new GroupGatherer();

        for (int place = 0; place < 300; place++) {
            gatherer.add(1000 - place % 100, place % 2, new Cell(1, Cell.place(place), Rows.text("x")));
        }

        assertThat(gatherer.groups()).hasSize(100).allSatisfy(group -> {
            assertThat(group.cells()).hasSize(3);
            assertThat(group.cells()).isSortedAccordingTo((one, other) -> one.place() - other.place());
        });
        assertThat(gatherer.groups().stream().map(CellGroup::writetime))
                .startsWith(1000L, 999L)
                .isSortedAccordingTo((one, other) -> Long.compare(other, one));
    }
}
