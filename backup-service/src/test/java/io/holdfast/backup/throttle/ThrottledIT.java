package io.holdfast.backup.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

import io.holdfast.backup.BackupBench;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.table.TableName;

/** Backups and restores obey the throttle, also when it changes meanwhile. */
@Tag("long")
class ThrottledIT {
    private static final TableName TABLE = new TableName("throttled", "rows");
    private static final int ROWS = 1500;
    private static final int ROW_BYTES = 400;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void readingAndRestoringTakeAsLongAsTheLimitSays() throws Exception {
        try (BackupBench bench = new BackupBench(folder, 64 * 1024, Duration.ofSeconds(30))) {
            bench.keyspace("throttled");
            bench.session.execute("CREATE TABLE throttled.rows (id int PRIMARY KEY, text text)");
            for (int row = 0; row < ROWS; row++) {
                bench.session.execute("INSERT INTO throttled.rows (id, text) VALUES (%d, '%s')"
                        .formatted(row, "x".repeat(ROW_BYTES)));
            }
            long bytes = (long) ROWS * ROW_BYTES;
            bench.throttle.limit(DataSize.ofBytes(bytes / 2));

            Instant began = Instant.now();
            Manifest manifest = bench.backUp(TABLE);
            // Two periods of a tenth of a second come at once at most.
            assertThat(Duration.between(began, Instant.now())).isGreaterThan(Duration.ofMillis(1800));

            began = Instant.now();
            bench.intoNewTable(manifest, "_restored");
            // Loaded and read back.
            assertThat(Duration.between(began, Instant.now())).isGreaterThan(Duration.ofMillis(3600));

            bench.throttle.limit(DataSize.ofBytes(bytes / 1000));
            CompletableFuture<Manifest> slow = CompletableFuture.supplyAsync(() -> bench.backUp(TABLE));
            assertThat(slow).isNotDone();
            bench.throttle.limit(DataSize.ofBytes(0));
            assertThat(slow.get(1, TimeUnit.MINUTES).rows()).isEqualTo(ROWS);
        }
    }
}
