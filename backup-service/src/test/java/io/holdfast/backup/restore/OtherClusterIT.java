package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.backup.BackupBench;
import io.holdfast.backup.TableDump;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobOrder.Into;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.table.TableName;
import io.holdfast.local.fixture.CassandraServer;
import io.holdfast.local.fixture.LocalServers;

/** A backup of one cluster goes into another one, which has another number of nodes and of copies. */
@EnabledIfSystemProperty(
        named = "holdfast.full",
        matches = "true",
        disabledReason = "runs with ./holdfast test --full, as it needs three nodes")
class OtherClusterIT {
    private static final TableName TABLE = new TableName("travelling", "every_type");
    private static final TableName ARRIVED = new TableName("arrived", "every_type");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<CassandraServer> two = LocalServers.shared().datacenters();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final BackupBench[] benches = new BackupBench[3];

    @AfterEach
    void close() {
        for (BackupBench bench : benches) {
            if (bench != null) {
                bench.close();
            }
        }
    }

    @Test
    void fromOneNodeOntoTwoAndBack() {
        BackupBench one = on(0, LocalServers.shared().cassandra());
        one.keyspace("travelling");
        EveryType.create(one.session, TABLE);
        EveryType.fill(one.session, TABLE, 400);
        long second = Instant.now().getEpochSecond();
        List<String> before = TableDump.of(one.session, TABLE, second);
        Manifest backup = one.backUp(TABLE);
        BackupBench first = on(1, two.get(0));
        BackupBench other = on(2, two.get(1));
        first.session.execute("DROP KEYSPACE IF EXISTS arrived");
        first.session.execute("CREATE KEYSPACE arrived WITH replication ="
                + " {'class': 'NetworkTopologyStrategy', '%s': 1, '%s': 1}"
                        .formatted(two.get(0).datacenter(), two.get(1).datacenter()));

        first.restore(UUID.randomUUID(), intoKeyspace(backup, "arrived"));

        assertThat(backup.tables().getFirst().slices()).hasSizeGreaterThan(3);
        assertThat(before).hasSizeGreaterThan(400);
        assertThat(TableDump.of(first.session, ARRIVED, second))
                .as("the first node")
                .isEqualTo(before);
        // Writes are acknowledged by one node; the other one has them a moment later.
        await().untilAsserted(() -> assertThat(TableDump.of(other.session, ARRIVED, second))
                .as("the second node")
                .isEqualTo(before));

        Manifest again = other.backUp(ARRIVED);
        one.session.execute("DROP KEYSPACE travelling");
        one.keyspace("travelling");
        one.restore(UUID.randomUUID(), intoKeyspace(again, "travelling"));

        assertThat(TableDump.of(one.session, TABLE, second))
                .as("back on one node")
                .isEqualTo(before);
    }

    private BackupBench on(int place, CassandraServer cassandra) {
        BackupBench bench = new BackupBench(cassandra, folder, 4096, PATIENCE);
        benches[place] = bench;
        return bench;
    }

    private static JobOrder.Restore intoKeyspace(Manifest backup, String keyspace) {
        return new JobOrder.Restore(backup.id(), List.of(), Into.NEW_KEYSPACE, "", keyspace, List.of(), List.of());
    }
}
