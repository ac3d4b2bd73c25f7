package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.backup.BackupBench;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.table.TableName;

/**
 * Many rows of every type: written, backed up, restored, and compared cell by cell. A million in full form
 * ({@code -Dholdfast.full=true}), some thousands otherwise, or as many as {@code -Dholdfast.restore.rows} says.
 */
@Tag("long")
class ManyRowsIT {
    private static final TableName TABLE = new TableName("many", "every_type");
    private static final TableName RESTORED = new TableName("many", "every_type_restored");
    private static final int ROWS =
            Integer.getInteger("holdfast.restore.rows", Boolean.getBoolean("holdfast.full") ? 1_000_000 : 3000);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void noCellNoWritetimeAndNoTtlOfManyRowsIsDifferent() throws InterruptedException {
        try (BackupBench bench = new BackupBench(folder, 8 * 1024 * 1024, Duration.ofSeconds(60))) {
            bench.keyspace("many");
            EveryType.create(bench.session, TABLE);
            long start = System.nanoTime();
            new ManyRows(bench.session, TABLE).fill(ROWS);
            tell("written", start);
            ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);

            start = System.nanoTime();
            Manifest backup = bench.backUp(TABLE);
            tell("backed up and verified", start);
            start = System.nanoTime();
            bench.intoNewTable(backup, "_restored");
            tell("restored and compared", start);
            long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool ->
                            pool.getName().contains("Tenured") || pool.getName().contains("Old"))
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
            start = System.nanoTime();
            CellComparison comparison = new CellComparison(bench.session, TABLE)
                    .of(bench.session, TABLE, RESTORED, Instant.now().getEpochSecond());
            tell("compared apart", start);
            System.out.printf(
                    Locale.ROOT,
                    "many rows: %,d rows, %,d cells, %,d bytes stored, %d differing cells, %d differing WRITETIMEs, %d differing TTLs; old generation at most %d MB%n",
                    comparison.rows,
                    comparison.cells,
                    backup.bytes(),
                    comparison.differingCells,
                    comparison.differingWritetimes,
                    comparison.differingTtls,
                    peak >> 20);

            assertThat(comparison.rows).isEqualTo(ROWS);
            assertThat(comparison.cells).isGreaterThan(25L * ROWS);
            assertThat(comparison.rowsInOneOnly).isZero();
            assertThat(comparison.differingCells).isZero();
            assertThat(comparison.differingWritetimes).isZero();
            assertThat(comparison.differingTtls).isZero();
        }
    }

    private static void tell(String what, long startNanos) {
        double seconds = (double) (System.nanoTime() - startNanos) / TimeUnit.SECONDS.toNanos(1);
        System.out.printf(Locale.ROOT, "many rows: %s in %.1f s, %,.0f rows/s%n", what, seconds, ROWS / seconds);
    }
}
