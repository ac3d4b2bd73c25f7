package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.key.BrokenSealException;
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
    private List<TopicEnds> journals = List.of();

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
    void keepTheEndsOfTheJournalsThatTheFirstOneFound() {
        journals = List.of(ends(7), TopicEnds.absent("journal.users"));
        assertThat(begin().journals()).isEqualTo(journals);
        List<TopicEnds> first = journals;
        journals = List.of(ends(9));

        assertThat(begin().journals()).isEqualTo(first);
        assertThat(begin().journals()).isEqualTo(first);
        now = now.plus(Duration.ofDays(1));

        assertThat(begin().journals()).as("of one that is begun anew").isEqualTo(journals);
    }

    @Test
    void askForTheJournalsBeforeTheTimeTheBackupShows() {
        Instant before = now;

        Attempt attempt = repository.upkeep().attempts().begin(JOB, () -> {
            now = now.plusSeconds(60);
            return List.of(ends(7));
        });

        assertThat(attempt.startedAt()).isEqualTo(before.plusSeconds(60));
    }

    @Test
    void thatKnewNothingOfJournalsDoNotLearnOfThemTooLate() throws BrokenSealException {
        add(begin(), RANGE.lowerHalf(), "one");
        rewrite("attempts/%s.1.base".formatted(JOB), text -> text.replace(",\"journals\":[]", ""));
        journals = List.of(ends(9));
        now = now.plusSeconds(60);

        Attempt next = begin();

        assertThat(next.startedAt()).isEqualTo(now.minusSeconds(60));
        assertThat(next.knows(Manifests.SHAPE)).isTrue();
        assertThat(next.journals()).isEmpty();
        assertThat(begin().journals()).isEmpty();
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
        Attempt other = repository.upkeep().attempts().begin(new UUID(0, 2), List::of);
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
        return repository.upkeep().attempts().begin(JOB, () -> journals);
    }

    private static TopicEnds ends(long offset) {
        return new TopicEnds("journal.orders", "id", Map.of(0, offset, 1, 3L));
    }

    /** Puts another text in the place of an encrypted one. */
    private void rewrite(String name, UnaryOperator<String> change) throws BrokenSealException {
        Keys keys = new Keys(store, TestRepositories.RECOVERY);
        String text =
                StandardCharsets.UTF_8.decode(keys.open(name, store.read(name))).toString();
        String changed = change.apply(text);
        assertThat(changed).isNotEqualTo(text);
        store.delete(name);
        store.create(name, keys.ring().seal(name, StandardCharsets.UTF_8.encode(changed)));
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
