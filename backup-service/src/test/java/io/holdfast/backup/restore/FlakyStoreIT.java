package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.backup.BackupBench;
import io.holdfast.backup.patience.Patience;
import io.holdfast.backup.repository.FlakyStore;
import io.holdfast.backup.repository.FolderBlobStore;
import io.holdfast.backup.repository.GuardedBlobStore;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.RetryingGuards;
import io.holdfast.backup.table.TableName;

/** Whole jobs on a place for backups of which half of all calls fail, whether they did what they were asked to or not. */
@Tag("long")
class FlakyStoreIT {
    private static final TableName TABLE = new TableName("flaky", "every_type");
    private static final int SEEDS = Boolean.getBoolean("holdfast.full") ? 40 : 4;
    private static final int ROWS = 300;
    private static final double HALF = 0.5;

    /** As many as the delivered policy gives a call of the repository. */
    private static final int ATTEMPTS = 2;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void backupsVerificationsAndRestoresEndWellAllTheSame() {
        for (int seed = 0; seed < SEEDS; seed++) {
            FolderBlobStore store = new FolderBlobStore(folder.resolve("backups-" + seed));
            GuardedBlobStore flaky = new GuardedBlobStore(
                    new FlakyStore(store, seed, HALF),
                    new RetryingGuards(ATTEMPTS),
                    new Patience(Duration.ofSeconds(30)));
            try (BackupBench bench = new BackupBench(flaky, 4096, Duration.ofSeconds(30))) {
                bench.keyspace("flaky");
                EveryType.create(bench.session, TABLE);
                EveryType.fill(bench.session, TABLE, ROWS);

                Manifest backup = bench.backUp(TABLE);
                bench.verify(backup);
                bench.intoNewTable(backup, "_restored");

                CellComparison comparison = new CellComparison(bench.session, TABLE)
                        .of(
                                bench.session,
                                TABLE,
                                new TableName(TABLE.keyspace(), TABLE.table() + "_restored"),
                                Instant.now().getEpochSecond());
                assertThat(comparison.rows).isGreaterThanOrEqualTo(ROWS);
                assertThat(comparison.rowsInOneOnly).isZero();
                assertThat(comparison.differingCells).isZero();
                assertThat(comparison.differingWritetimes).isZero();
                assertThat(comparison.differingTtls).isZero();
                bench.repository.delete(backup.id());
                assertThat(store.list("objects")).isEmpty();
            }
        }
    }
}
