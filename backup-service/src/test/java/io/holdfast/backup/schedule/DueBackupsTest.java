package io.holdfast.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Manifests;
import io.holdfast.backup.repository.MemoryBlobStore;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.repository.TestRepositories;
import io.holdfast.backup.schedule.VerificationSchedule.Which;
import io.holdfast.backup.table.TableName;

class DueBackupsTest {
    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final MemoryBlobStore store = new MemoryBlobStore();
    private final Repository repository = TestRepositories.in(store, () -> TEN);
    private final DueBackups due = new DueBackups(repository);

    @Test
    void theNewestOfEachScheduleAndOfEachSetOfKeyspacesThatWasAskedForIsDue() {
        backUp(1, "nightly", "shop", TEN);
        backUp(2, "nightly", "shop", TEN.plusSeconds(60));
        backUp(3, "hourly", "shop", TEN);
        backUp(4, null, "shop", TEN);
        backUp(5, null, "shop", TEN.plusSeconds(1));
        backUp(6, null, "people", TEN);

        assertThat(due.at(NOON, Which.NEWEST)).containsExactlyInAnyOrder(id(2), id(3), id(5), id(6));
        assertThat(due.at(NOON, Which.ALL)).hasSize(6);
    }

    @Test
    void aBackupThatEndedAfterTheFiringIsNot() {
        backUp(1, "nightly", "shop", TEN);
        backUp(2, "nightly", "shop", NOON.minusSeconds(1));

        assertThat(due.at(NOON, Which.NEWEST)).containsExactly(id(1));
        assertThat(due.at(NOON, Which.ALL)).containsExactly(id(1));
        assertThat(due.at(NOON.plusSeconds(4), Which.NEWEST)).containsExactly(id(2));
    }

    @Test
    void oneWhoseManifestCannotBeReadIsAlwaysDue() {
        backUp(1, "nightly", "shop", TEN);
        backUp(2, "nightly", "shop", TEN.plusSeconds(60));
        store.flip("snapshots/" + id(1) + ".manifest", 100);

        assertThat(due.at(NOON, Which.NEWEST)).containsExactlyInAnyOrder(id(1), id(2));
    }

    private void backUp(int number, @Nullable String schedule, String keyspace, Instant startedAt) {
        repository.ids();
        TableEntry table = TableEntry.of(
                Manifests.SHAPE.as(new TableName(keyspace, "articles")),
                Manifests.of(id(number)).tables().getFirst().schema(),
                List.of());
        repository.commit(new Manifest(
                Manifest.VERSION,
                id(number),
                schedule,
                "operator",
                startedAt,
                startedAt.plusSeconds(5),
                "test",
                Manifest.FUZZY,
                List.of(),
                List.of(table)));
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }
}
