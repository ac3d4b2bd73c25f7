package io.holdfast.doors.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void keepsItsItemsWhateverBecomesOfTheList() {
        List<Integer> items = new ArrayList<>(List.of(1, 2));
        Page<Integer> page = new Page<>(items, "cursor");

        items.clear();

        assertThat(page.items()).containsExactly(1, 2);
    }

    @Test
    void itsItemsCanBeTurnedIntoOthersWithoutLosingTheCursor() {
        Page<String> page = new Page<>(List.of(1, 2), "cursor").map(item -> "no. " + item);

        assertThat(page).isEqualTo(new Page<>(List.of("no. 1", "no. 2"), "cursor"));
    }
}
