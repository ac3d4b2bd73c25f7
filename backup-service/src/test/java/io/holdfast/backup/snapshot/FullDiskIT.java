package io.holdfast.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.backup.BackupBench;
import io.holdfast.backup.SmallDisk;
import io.holdfast.backup.repository.FolderBlobStore;
import io.holdfast.backup.repository.FullStoreException;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.table.TableName;

/** A real disk fills up in the middle of the backup of a real table. */
@Tag("long")
class FullDiskIT {
    private static final TableName TABLE = new TableName("full_disk", "rows");
    private static final int ROWS = 2_000;
    private static final int ROW_BYTES = 1_500;
    private static final int SLICE_BYTES = 64 * 1024;
    private static final Duration NOT_LONG = Duration.ofSeconds(2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void theJobWaitsForRoomAndGoesOnWhereItWas() throws Exception {
        try (SmallDisk disk = disk();
                BackupBench bench = bench(disk, Duration.ofMinutes(1))) {
            fill(bench);
            UUID id = UUID.randomUUID();
            CompletableFuture<Manifest> backup = CompletableFuture.supplyAsync(() -> bench.backUp(id, TABLE));
            FolderBlobStore store = new FolderBlobStore(disk.path());
            await().atMost(Duration.ofMinutes(1)).until(() -> bench.phases.contains("wait for room"));
            // From now on it would be refused if it were asked for.
            bench.estimatedBytes = 1_000_000_000;
            int stored = store.list("objects").size();
            assertThat(stored).isPositive();
            await().during(NOT_LONG).until(() -> !backup.isDone());
            assertThat(bench.repository.ids()).isEmpty();

            disk.resize("16m");

            Manifest manifest = backup.join();
            assertThat(manifest.rows()).isEqualTo(ROWS);
            assertThat(bench.phases).containsSubsequence("scan", "wait for room", "scan", "commit");
            assertThat(store.list("objects"))
                    .as("nothing is stored that the backup does not name")
                    .hasSizeGreaterThan(stored)
                    .hasSize(manifest.tables().getFirst().slices().size());
            bench.verify(manifest);
            assertThat(store.list("attempts")).isEmpty();
            assertThat(store.list("running")).isEmpty();
        }
    }

    @Test
    void theJobFailsWhenThereIsNoRoomForTooLongAndItsRequestRepeatedStoresNothingTwice() throws Exception {
        try (SmallDisk disk = disk();
                BackupBench bench = bench(disk, NOT_LONG)) {
            fill(bench);

            assertThatThrownBy(() -> bench.backUp(TABLE))
                    .isInstanceOf(FullStoreException.class)
                    .hasMessageContainingAll("is full", disk.path().toString());

            FolderBlobStore store = new FolderBlobStore(disk.path());
            assertThat(store.list("attempts")).isEmpty();
            assertThat(store.list("running")).isEmpty();
            assertThat(bench.repository.ids()).isEmpty();
            disk.resize("16m");
            Manifest manifest = bench.backUp(TABLE);
            assertThat(store.list("objects"))
                    .hasSize(manifest.tables().getFirst().slices().size());
            bench.verify(manifest);
        }
    }

    @Test
    void aBackupThatIsRemovedMakesRoomForTheOneThatWaits() throws Exception {
        try (SmallDisk disk = disk();
                BackupBench bench = bench(disk, Duration.ofMinutes(1))) {
            fill(bench, ROWS / 2);
            Manifest old = bench.backUp(TABLE);
            fill(bench, ROWS / 2);
            UUID id = UUID.randomUUID();
            CompletableFuture<Manifest> backup = CompletableFuture.supplyAsync(() -> bench.backUp(id, TABLE));
            await().atMost(Duration.ofMinutes(1)).until(() -> bench.phases.contains("wait for room"));

            assertThat(bench.repository.delete(old.id())).isTrue();

            Manifest manifest = backup.join();
            assertThat(manifest.rows()).isEqualTo(ROWS / 2);
            bench.verify(manifest);
            FolderBlobStore store = new FolderBlobStore(disk.path());
            assertThat(store.list("objects"))
                    .hasSize(manifest.tables().getFirst().slices().size());
            assertThat(store.list("attempts")).isEmpty();
            assertThat(store.list("running")).isEmpty();
        }
    }

    private SmallDisk disk() throws Exception {
        assumeTrue(SmallDisk.isPossible(), "NOT TESTED: a real full disk needs the right to mount one");
        return new SmallDisk(folder.resolve("small"), "3m");
    }

    private static BackupBench bench(SmallDisk disk, Duration patience) {
        return new BackupBench(disk.path(), SLICE_BYTES, patience);
    }

    private static void fill(BackupBench bench) {
        fill(bench, ROWS);
    }

    /** Makes the table anew, with other contents each time. */
    private static void fill(BackupBench bench, int rows) {
        bench.keyspace("full_disk");
        bench.session.execute("CREATE TABLE full_disk.rows (id int PRIMARY KEY, content blob)");
        var insert = bench.session.prepare("INSERT INTO full_disk.rows (id, content) VALUES (?, ?)");
        Random random = new Random();
        for (int row = 0; row < rows; row++) {
            byte[] content = new byte[ROW_BYTES];
            random.nextBytes(content);
            bench.session.execute(insert.bind(row, ByteBuffer.wrap(content)));
        }
    }
}
