package io.holdfast.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Manifests;
import io.holdfast.backup.repository.MemoryBlobStore;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.repository.TestRepositories;
import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceRange;
import io.holdfast.backup.table.TableName;

class SpaceCheckTest {
    private static final TableName TABLE = Manifests.SHAPE.name();
    private static final TableName OTHER = new TableName("shop", "orders");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final MemoryBlobStore store = new MemoryBlobStore();
    private final Repository repository = TestRepositories.in(store, Instant::now);
    private final SpaceCheck check =
            new SpaceCheck(repository, _ -> 40_000_000, DataSize.ofMegabytes(1), Duration.ZERO);

    @Test
    void aFirstBackupNeedsHalfOfWhatCassandraSaysTheTableTakes() {
        store.leave(30_000_000);
        assertThatCode(() -> check.require(List.of(TABLE))).doesNotThrowAnyException();

        store.leave(15_000_000);
        assertThatThrownBy(() -> check.require(List.of(TABLE)))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContainingAll(
                        "about 20.0 MB", "only 15.0 MB", "6.0 MB are missing", "Remove backups", "backup.folder");
        assertThatThrownBy(() -> check.require(List.of(TABLE, OTHER))).hasMessageContaining("about 40.0 MB");
    }

    @Test
    void aSecondOneNeedsATenthOfTheFirst() {
        long bytes = backUp(NOON, 1, 2, 3, 4).bytes();
        assertThat(bytes).isGreaterThan(4_000_000);

        store.leave(1_048_576 + bytes / 10);
        assertThatCode(() -> check.require(List.of(TABLE))).doesNotThrowAnyException();
        store.leave(1_048_576 + bytes / 10 - 1);
        assertThatThrownBy(() -> check.require(List.of(TABLE))).hasMessageContaining("not enough room");
    }

    @Test
    void aFurtherOneNeedsAsMuchAsTheLastAddedToTheOneBefore() {
        backUp(NOON, 1, 2, 3, 4);
        backUp(NOON.plusSeconds(60), 1, 2, 3, 5);

        store.leave(3_000_000);
        assertThatCode(() -> check.require(List.of(TABLE))).doesNotThrowAnyException();
        store.leave(1_500_000);
        assertThatThrownBy(() -> check.require(List.of(TABLE))).isInstanceOf(JobFailedException.class);
    }

    @Test
    void whatAnEarlierTryStoredIsNotNeededAgain() {
        store.leave(10_000_000);
        assertThatThrownBy(() -> check.require(List.of(TABLE))).isInstanceOf(JobFailedException.class);

        IntStream.range(0, 11).forEach(this::put);

        assertThatCode(() -> check.require(List.of(TABLE))).doesNotThrowAnyException();
    }

    @Test
    void aBackupThatCannotBeReadDoesNotHideThatThereIsNoRoom() {
        Manifest backup = backUp(NOON, 1);
        store.flip("snapshots/" + backup.id() + ".manifest", 300);
        store.leave(10_000_000);

        assertThatThrownBy(() -> check.require(List.of(TABLE)))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("not enough room");
    }

    @Test
    void aStoreWithoutABoundTakesEverything() {
        assertThatCode(() -> check.require(List.of(TABLE))).doesNotThrowAnyException();
    }

    private Manifest backUp(Instant startedAt, int... values) {
        SliceEntry[] slices = IntStream.of(values).mapToObj(this::put).toArray(SliceEntry[]::new);
        return repository.commit(Manifests.of(UUID.randomUUID(), startedAt, slices));
    }

    /** A little more than a megabyte that cannot be compressed much. */
    private SliceEntry put(int seed) {
        StringBuilder value = new StringBuilder();
        new Random(seed).ints(1_400_000, ' ', '~').forEach(letter -> value.append((char) letter));
        return repository.put(
                SliceRange.RING, 0, Manifests.SHAPE.header(), Rows.encoded(Rows.row(1, "key", value.toString())));
    }
}
