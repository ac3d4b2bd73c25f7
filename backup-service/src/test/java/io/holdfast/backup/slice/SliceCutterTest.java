package io.holdfast.backup.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SliceCutterTest {
    private static final int LIMIT = 1000;

    private record Slice(SliceRange range, int part, EncodedRows rows) {}

    @Test
    void keepsASmallTableInOneSlice() {
        List<Slice> slices = cut(rows(5, 1));

        assertThat(slices).singleElement().satisfies(slice -> {
            assertThat(slice.range()).isEqualTo(SliceRange.RING);
            assertThat(slice.rows().count()).isEqualTo(5);
        });
    }

    @Test
    void losesNoRowAndKeepsTheOrderWhateverTheCuts() {
        List<SliceRow> rows = rows(2000, 2);

        List<Slice> slices = cut(rows);

        assertThat(slices.stream().flatMap(slice -> read(slice).stream())).isEqualTo(rows);
        assertThat(slices).allSatisfy(slice -> {
            assertThat(slice.rows().bytes()).isLessThanOrEqualTo(LIMIT);
            assertThat(read(slice))
                    .allSatisfy(row -> assertThat(row.token())
                            .isBetween(slice.range().first(), slice.range().last()));
        });
        assertThat(slices).hasSizeGreaterThan(50);
    }

    @Test
    void anAddedRowChangesNoSliceButItsOwn() {
        List<SliceRow> rows = rows(2000, 3);
        List<SliceRow> more = new ArrayList<>(rows);
        more.add(1000, Rows.row(rows.get(1000).token(), "added", "x"));

        List<Slice> before = cut(rows);
        List<Slice> after = cut(more);

        assertThat(after.stream().filter(slice -> !before.contains(slice)).count())
                .isBetween(1L, 2L);
    }

    @Test
    void cutsAPartitionLargerThanASliceIntoNumberedParts() {
        List<SliceRow> rows = new ArrayList<>(rows(10, 4));
        long token = rows.get(5).token();
        for (int i = 0; i < 100; i++) {
            rows.add(6, Rows.row(token, "same", "x".repeat(50)));
        }

        List<Slice> slices = cut(rows);

        List<Slice> parts = slices.stream()
                .filter(slice -> slice.range().equals(new SliceRange(token, token)))
                .toList();
        assertThat(parts).hasSizeGreaterThan(3);
        for (int part = 0; part < parts.size(); part++) {
            assertThat(parts.get(part).part()).isEqualTo(part);
        }
        assertThat(slices.stream().flatMap(slice -> read(slice).stream())).isEqualTo(rows);
    }

    @Test
    void givesARowLargerThanASliceASliceOfItsOwn() {
        List<SliceRow> rows = new ArrayList<>(rows(10, 5));
        rows.set(3, Rows.row(rows.get(3).token(), "large", "x".repeat(5 * LIMIT)));

        List<Slice> slices = cut(rows);

        assertThat(slices.stream().flatMap(slice -> read(slice).stream())).isEqualTo(rows);
    }

    @Property(tries = 500)
    void cutsWhatFollowsASliceAsIfAllHadBeenDoneInOneGo(
            @ForAll @IntRange(min = 1, max = 400) int count, @ForAll int seed) {
        List<SliceRow> rows = rows(count, seed);
        List<Slice> all = cut(rows);

        for (int done = 1; done <= all.size(); done++) {
            SliceRange last = all.get(done - 1).range();
            if (last.last() == Long.MAX_VALUE || last.isSingleToken()) {
                continue;
            }
            List<Slice> rest = new ArrayList<>();
            SliceCutter cutter = SliceCutter.behind(
                    SliceRange.RING,
                    last,
                    LIMIT,
                    SliceFormat.WHOLE,
                    (range, part, encoded) -> rest.add(new Slice(range, part, encoded)));
            rows.stream().filter(row -> row.token() > last.last()).forEach(cutter::add);
            cutter.finish();

            assertThat(rest).isEqualTo(all.subList(done, all.size()));
        }
    }

    @Test
    void doesNotGoOnBehindASliceOfAnotherRange() {
        SliceRange notAHalf = new SliceRange(5, 8);

        assertThatThrownBy(() -> SliceCutter.behind(
                        SliceRange.RING, notAHalf, LIMIT, SliceFormat.WHOLE, (range, part, encoded) -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void halvesMeetWithoutGapOrOverlap() {
        assertThat(SliceRange.RING.lowerHalf()).isEqualTo(new SliceRange(Long.MIN_VALUE, -1));
        assertThat(SliceRange.RING.upperHalf()).isEqualTo(new SliceRange(0, Long.MAX_VALUE));
        assertThat(SliceRange.RING.share()).isEqualTo(1);
        assertThat(SliceRange.RING.upperHalf().lowerHalf().share()).isEqualTo(0.25);
    }

    private static List<Slice> cut(List<SliceRow> rows) {
        List<Slice> slices = new ArrayList<>();
        SliceCutter cutter = new SliceCutter(
                SliceRange.RING,
                LIMIT,
                SliceFormat.WHOLE,
                (range, part, encoded) -> slices.add(new Slice(range, part, encoded)));
        rows.forEach(cutter::add);
        cutter.finish();
        return slices;
    }

    private static List<SliceRow> read(Slice slice) {
        return SliceFile.read(SliceFile.write(Rows.COLUMNS, slice.rows()));
    }

    private static List<SliceRow> rows(int count, int seed) {
        return new Random(seed)
                .longs(count)
                .sorted()
                .mapToObj(token -> Rows.row(token, "key" + token, "value"))
                .toList();
    }
}
