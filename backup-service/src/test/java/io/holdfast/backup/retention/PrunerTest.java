package io.holdfast.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.holdfast.backup.audit.Audit;
import io.holdfast.backup.repository.Holds;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Manifests;
import io.holdfast.backup.repository.MemoryBlobStore;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.repository.TestRepositories;
import io.holdfast.backup.repository.Verdict;
import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceRange;

class PrunerTest {
    private final MemoryBlobStore store = new MemoryBlobStore();
    private final Map<String, Retention> retentions = new HashMap<>(Map.of("nightly", new Retention(2, null)));
    private final Set<UUID> inUse = new HashSet<>();
    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final Repository repository = TestRepositories.in(store, () -> now);
    private final Pruner pruner = new Pruner(
            repository, () -> retentions, inUse::contains, new Audit(repository, () -> now, "test"), () -> now);

    @Test
    void tellsWhatItWouldRemoveAndRemovesJustThat() {
        take(1, "nightly", 30, 1, 2);
        take(2, "nightly", 20, 2, 3);
        take(3, "nightly", 10, 3, 4);
        take(4, null, 50, 9);
        take(5, "hourly", 60, 8);
        long before = bytes();

        Pruning told = prune(true);

        assertThat(told.removed()).extracting(Pruning.Removed::id).containsExactly(id(1));
        assertThat(told.removed().getFirst().reason()).isEqualTo("beyond the newest 2");
        assertThat(told.kept()).containsExactly(new Pruning.Kept("nightly", 2, Map.of(Fate.WITHIN_COUNT, 2L)));
        assertThat(told.objects()).isEqualTo(1);
        assertThat(repository.ids()).hasSize(5);

        Pruning done = prune(false);

        assertThat(done).usingRecursiveComparison().ignoringFields("dryRun").isEqualTo(told);
        assertThat(repository.ids()).containsExactlyInAnyOrder(id(2), id(3), id(4), id(5));
        assertThat(before - bytes()).isEqualTo(done.bytes());
        assertThat(prune(false).removed()).isEmpty();
    }

    @Test
    void whileAJobIsAtWorkOnlyWhatTheRemovedNameIsCountedAndStays() {
        take(1, "nightly", 30, 1);
        take(2, "nightly", 20, 2);
        take(3, "nightly", 10, 3);
        try (Holds.Hold _ = repository.hold(id(77))) {
            slice(99);
            assertThat(prune(false).objects()).isEqualTo(1);
            assertThat(store.list("objects")).hasSize(4);
        }
        assertThat(prune(true).objects()).isEqualTo(2);
    }

    @Test
    void theNewestOneOfWhichASliceIsGoneStandsForNothing() {
        retentions.put("nightly", new Retention(1, null));
        take(1, "nightly", 30, 1);
        SliceEntry lost = take(2, "nightly", 20, 2).getFirst();
        store.delete("objects/%s/%s".formatted(lost.id().substring(0, 2), lost.id()));

        assertThat(prune(false).removed()).isEmpty();
    }

    @Test
    void oneThatWasFoundDamagedStandsForNothing() {
        retentions.put("nightly", new Retention(1, null));
        take(1, "nightly", 30, 1);
        take(2, "nightly", 20, 2);
        repository.keep(id(2), new Verdict(now, List.of("a slice is damaged")));

        assertThat(prune(false).removed()).isEmpty();
    }

    @Test
    void oneWhoseManifestCannotBeReadStaysAndNothingIsCounted() {
        take(1, "nightly", 40, 1);
        take(2, "nightly", 30, 2);
        take(3, "nightly", 20, 3);
        store.flip("snapshots/%s.manifest".formatted(id(3)), 100);

        Pruning pruning = prune(false);

        assertThat(pruning.removed()).isEmpty();
        assertThat(pruning.unreadable()).isEqualTo(1);
        assertThat(pruning.objects()).isZero();
        assertThat(repository.ids()).hasSize(3);
    }

    @Test
    void oneFromTheFutureDisplacesNothingWhenItsTimeHasCome() {
        retentions.put("nightly", new Retention(1, null));
        take(1, "nightly", -600, 1);
        assertThat(prune(false).kept().getFirst().reasons()).containsOnly(Map.entry(Fate.AHEAD, 1L));

        now = now.plus(Duration.ofMinutes(601));
        take(2, "nightly", 60, 2);
        take(3, "nightly", 30, 3);

        assertThat(prune(false).removed()).extracting(Pruning.Removed::id).containsExactly(id(2));
        assertThat(store.list("sightings")).hasSize(1);

        now = now.plus(Duration.ofMinutes(60));
        take(4, "nightly", 1, 4);
        assertThat(prune(false).removed()).extracting(Pruning.Removed::id).containsExactlyInAnyOrder(id(1), id(3));
        assertThat(store.list("sightings")).isEmpty();
    }

    @Test
    void whatAJobNeedsStays() {
        take(1, "nightly", 40, 1);
        take(2, "nightly", 30, 2);
        take(3, "nightly", 20, 3);
        inUse.add(id(1));

        assertThat(prune(false).removed()).isEmpty();
    }

    @Test
    void aScheduleWithoutRetentionKeepsAll() {
        take(1, "hourly", 40, 1);
        take(2, "hourly", 30, 2);

        assertThat(pruner.prune(Set.of("hourly", "gone"), false, "ada").kept()).isEmpty();
        assertThat(repository.ids()).hasSize(2);
    }

    @Test
    void whatFailedJobsLeftGoesOnceADayThoughNothingIsPruned() {
        retentions.clear();
        take(1, null, 30, 1);
        slice(98);
        assertThat(prune(true).objects()).isEqualTo(1);
        assertThat(store.list("objects")).hasSize(2);

        prune(false);
        assertThat(store.list("objects")).hasSize(1);

        slice(99);
        now = now.plus(Duration.ofHours(23));
        prune(false);
        assertThat(store.list("objects")).hasSize(2);

        now = now.plus(Duration.ofHours(1));
        try (Holds.Hold _ = repository.hold(id(77))) {
            prune(false);
            assertThat(store.list("objects")).hasSize(2);
        }
        prune(false);
        assertThat(store.list("objects")).hasSize(1);
    }

    private Pruning prune(boolean dryRun) {
        return pruner.prune(pruner.schedules(), dryRun, "ada");
    }

    private List<SliceEntry> take(int number, @Nullable String schedule, int minutesAgo, int... values) {
        SliceEntry[] slices = Arrays.stream(values).mapToObj(this::slice).toArray(SliceEntry[]::new);
        Manifest manifest = Manifests.of(id(number), now.minus(Duration.ofMinutes(minutesAgo)), slices);
        repository.commit(new Manifest(
                manifest.version(),
                manifest.id(),
                schedule,
                manifest.requestedBy(),
                manifest.startedAt(),
                manifest.endedAt(),
                manifest.cluster(),
                manifest.consistency(),
                manifest.journals(),
                manifest.tables()));
        return List.of(slices);
    }

    private SliceEntry slice(int value) {
        return repository.put(
                SliceRange.RING, 0, Manifests.SHAPE.header(), Rows.encoded(Rows.row(1, "key", "value " + value)));
    }

    private long bytes() {
        return store.list("objects").stream()
                .mapToLong(name -> store.size(name).orElseThrow())
                .sum();
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }
}
