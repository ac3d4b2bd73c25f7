package io.holdfast.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageSizeTest {
    private static final int PAGE_BYTES = PageSize.TARGET_BYTES;

    private final PageSize size = new PageSize();

    @Test
    void growsToFillAPageWithSmallRows() {
        for (int page = 0; page < 5; page++) {
            size.learn(size.rows(), size.rows() * 200, PAGE_BYTES);
        }

        assertThat(size.rows() * 200).isBetween(PAGE_BYTES - 200, PAGE_BYTES);
    }

    @Test
    void growsEightfoldAtMost() {
        int before = size.rows();

        size.learn(before, before, PAGE_BYTES);

        assertThat(size.rows()).isEqualTo(before * 8);
    }

    @Test
    void shrinksAtOnceForLargeRowsButNotToNothing() {
        size.learn(20, 20 * 32 * 1024, PAGE_BYTES);
        assertThat(size.rows()).isEqualTo(8);

        size.learn(8, 8 * 1024 * 1024, PAGE_BYTES);
        assertThat(size.rows()).isEqualTo(4);
    }

    @Test
    void staysWhenNothingWasLearned() {
        int before = size.rows();

        size.learn(0, 100, PAGE_BYTES);
        size.learn(10, -1, PAGE_BYTES);

        assertThat(size.rows()).isEqualTo(before);
    }

    @Test
    void asksForLessAsSoonAsLessIsWanted() {
        size.learn(20, 20 * 1024, PAGE_BYTES);

        size.learn(160, 160 * 1024, 64 * 1024);

        assertThat(size.rows()).isEqualTo(64);
    }
}
