package io.holdfast.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.backup.BackupBench;
import io.holdfast.backup.TableDump;
import io.holdfast.backup.repository.BlobStore;
import io.holdfast.backup.repository.FolderBlobStore;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.table.TableName;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.local.fixture.CassandraServer;
import io.holdfast.local.fixture.LocalServers;

@Tag("long")
class CassandraLossIT {
    private static final TableName TABLE = new TableName("losing", "rows");
    private static final int ROWS = 400;

    private final CassandraServer cassandra = LocalServers.shared().cassandra();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aBackupThatLosesCassandraForGoodIsNotListedAndTheNextOneIsWhole() {
        try (BackupBench bench = new BackupBench(killingAtObject(5, cassandra::kill), 2048, Duration.ofSeconds(1))) {
            fill(bench);

            assertThatThrownBy(() -> bench.backUp(TABLE)).isInstanceOf(DependencyUnavailableException.class);

            assertThat(bench.repository.ids()).isEmpty();
            assertThat(new FolderBlobStore(folder).list("objects")).isNotEmpty();
            cassandra.start();
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> bench.session
                                    .execute("SELECT release_version FROM system.local")
                                    .one()
                            != null);
            Manifest next = bench.backUp(TABLE);
            assertThat(next.rows()).isEqualTo(ROWS);
            bench.verify(next);
        }
    }

    @Test
    void aBackupThatLosesCassandraForAWhileGoesOnAndHoldsEveryRow() {
        Runnable restart = () -> {
            cassandra.kill();
            cassandra.start();
        };
        try (BackupBench bench = new BackupBench(killingAtObject(5, restart), 2048, Duration.ofMinutes(1))) {
            fill(bench);
            long second = Instant.now().getEpochSecond();
            List<String> before = TableDump.of(bench.session, TABLE, second);

            Manifest backup = bench.backUp(TABLE);

            assertThat(backup.rows()).isEqualTo(ROWS);
            bench.intoNewTable(backup, "_restored");
            assertThat(TableDump.of(bench.session, TABLE.withTable("rows_restored"), second))
                    .isEqualTo(before);
        }
    }

    private static void fill(BackupBench bench) {
        bench.keyspace("losing");
        bench.session.execute("CREATE TABLE losing.rows (id int PRIMARY KEY, text text)");
        for (int row = 0; row < ROWS; row++) {
            bench.session.execute(
                    "INSERT INTO losing.rows (id, text) VALUES (%d, '%s')".formatted(row, "x".repeat(100)));
        }
    }

    /** A store that does something when the n-th object has been created. */
    private BlobStore killingAtObject(int number, Runnable action) {
        BlobStore store = new FolderBlobStore(folder);
        AtomicInteger created = new AtomicInteger();
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("create")
                            && String.valueOf(arguments[0]).startsWith("objects/")
                            && created.incrementAndGet() == number) {
                        action.run();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
