package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceRange;
import io.holdfast.backup.table.ColumnShape;
import io.holdfast.backup.table.TableShape;

class AttemptsTest {
    private static final UUID JOB = new UUID(0, 1);
    private static final SliceRange RANGE = SliceRange.RING.lowerHalf();

    private final MemoryBlobStore store = new MemoryBlobStore();
    private Instant now = Instant.parse("2026-11-28T10:00:00Z");
    private final Repository repository = TestRepositories.in(store, () -> now);

    @Test
    void goOnFromWhereTheOneBeforeHasComeTo() {
        Attempt first = begin();
        SliceEntry one = add(first, RANGE.lowerHalf(), "one");
        now = now.plusSeconds(60);

        Attempt second = begin();
        assertThat(second.startedAt()).isEqualTo(now.minusSeconds(60));
        assertThat(second.knows(Manifests.SHAPE)).isTrue();
        assertThat(slices(second)).containsExactly(one);
        SliceEntry two = add(second, RANGE.upperHalf(), "two");

        assertThat(slices(begin())).containsExactly(one, two);
        assertThat(begin().stretch(Manifests.SHAPE, SliceRange.RING).slices()).isEmpty();
    }

    @Test
    void takeNothingFromOneThatSleptAndWoke() {
        Attempt asleep = begin();
        Attempt.Stretch its = asleep.stretch(Manifests.SHAPE, RANGE);
        Attempt next = begin();

        its.add(slice(RANGE, "late"));
        SliceEntry one = add(next, RANGE.lowerHalf(), "one");

        assertThat(slices(begin())).containsExactly(one);
    }

    @Test
    void endWithTheirJobAndConcernNoOther() {
        add(begin(), RANGE.lowerHalf(), "one");
        Attempt other = repository.upkeep().attempts().begin(new UUID(0, 2));
        assertThat(other.knows(Manifests.SHAPE)).isFalse();

        repository.upkeep().release(JOB);

        assertThat(begin().knows(Manifests.SHAPE)).isFalse();
    }

    @Test
    void areTrustedUpToWhatIsMissing() {
        Attempt attempt = begin();
        Attempt.Stretch stretch = attempt.stretch(Manifests.SHAPE, SliceRange.RING);
        List<SliceRange> quarters = List.of(
                RANGE.lowerHalf(),
                RANGE.upperHalf(),
                SliceRange.RING.upperHalf().lowerHalf(),
                SliceRange.RING.upperHalf().upperHalf());
        quarters.forEach(quarter -> stretch.add(slice(quarter, quarter.toString())));
        assertThat(whole(begin())).hasSize(4);

        SliceEntry lost = stretch.slices().get(2);
        store.delete("objects/%s/%s".formatted(lost.id().substring(0, 2), lost.id()));
        store.list("attempts").stream().filter(name -> name.endsWith(".2.base")).forEach(store::delete);

        assertThat(whole(begin())).containsExactlyElementsOf(stretch.slices().subList(0, 2));
    }

    @Test
    void thatCannotBeReadAreWorthNothing() {
        add(begin(), RANGE.lowerHalf(), "one");
        store.list("attempts").forEach(name -> store.flip(name, 60));

        Attempt next = begin();

        assertThat(next.knows(Manifests.SHAPE)).isFalse();
        assertThat(next.startedAt()).isEqualTo(now);
    }

    @Test
    void aPartitionThatMayHaveMorePartsIsReadAgain() {
        Attempt attempt = begin();
        Attempt.Stretch stretch = attempt.stretch(Manifests.SHAPE, RANGE);
        stretch.add(slice(RANGE.lowerHalf(), "before"));
        stretch.add(slice(new SliceRange(-7, -7), "part 0"));
        stretch.add(slice(new SliceRange(-7, -7), "part 1"));

        assertThat(slices(begin())).containsExactly(stretch.slices().getFirst());
    }

    @Test
    void ofATableWhoseColumnsChangedAreWorthNothing() {
        add(begin(), RANGE.lowerHalf(), "one");
        TableShape changed = new TableShape(
                Manifests.SHAPE.name(),
                List.of(
                        Manifests.SHAPE.columns().getFirst(),
                        new ColumnShape("added", ColumnShape.Kind.REGULAR, "int")));

        assertThat(begin().knows(changed)).isFalse();
    }

    @Test
    void areTakenUpWithinADay() {
        add(begin(), RANGE.lowerHalf(), "one");
        now = now.plus(Duration.ofDays(1));

        Attempt next = begin();

        assertThat(next.knows(Manifests.SHAPE)).isFalse();
        assertThat(next.startedAt()).isEqualTo(now);
    }

    @Test
    void tellNothingToWhoHasNoKey() {
        add(begin(), RANGE.lowerHalf(), "one");

        assertThat(store.list("attempts"))
                .hasSize(2)
                .allSatisfy(name -> assertThat(StandardCharsets.ISO_8859_1
                                .decode(store.read(name))
                                .toString())
                        .doesNotContain("articles")
                        .doesNotContain("startedAt"));
    }

    @Test
    void areRemovedByACollectionWhenNoJobIsAtWork() {
        try (Holds.Hold _ = repository.hold(JOB)) {
            add(begin(), RANGE.lowerHalf(), "one");
            repository.collect();
            assertThat(store.list("attempts")).hasSize(2);
        }

        repository.collect();

        assertThat(store.list("attempts")).isEmpty();
    }

    private Attempt begin() {
        return repository.upkeep().attempts().begin(JOB);
    }

    private SliceEntry add(Attempt attempt, SliceRange cut, String value) {
        SliceEntry slice = slice(cut, value);
        attempt.stretch(Manifests.SHAPE, RANGE).add(slice);
        return slice;
    }

    private SliceEntry slice(SliceRange cut, String value) {
        return repository.put(cut, 0, Manifests.SHAPE.header(), Rows.encoded(Rows.row(cut.first(), "key", value)));
    }

    private static List<SliceEntry> slices(Attempt attempt) {
        return attempt.stretch(Manifests.SHAPE, RANGE).slices();
    }

    private static List<SliceEntry> whole(Attempt attempt) {
        return attempt.stretch(Manifests.SHAPE, SliceRange.RING).slices();
    }
}
