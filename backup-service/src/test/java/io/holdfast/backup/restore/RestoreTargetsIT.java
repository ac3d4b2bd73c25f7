package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.backup.BackupBench;
import io.holdfast.backup.TableDump;
import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobOrder.Into;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableSchema;

/** Restores into other keyspaces, and of single partitions. */
@Tag("long")
class RestoreTargetsIT {
    private static final TableName TABLE = new TableName("targets", "every_type");
    private static final TableName ELSEWHERE = new TableName("elsewhere", "every_type");
    private static final TableName BESIDE = new TableName("targets", "every_type_restored");
    private static final String PARTITION = "WHERE pk1 = 3 AND pk2 = 'p3'";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private BackupBench bench;

    @SuppressWarnings("NullAway.Init")
    private CqlSession session;

    private long second;

    @BeforeEach
    void makeTable() {
        bench = new BackupBench(folder, 4096, Duration.ofSeconds(30));
        session = bench.session;
        bench.keyspace("targets");
        session.execute("DROP KEYSPACE IF EXISTS elsewhere");
        EveryType.create(session, TABLE);
        EveryType.fill(session, TABLE, 60);
        second = Instant.now().getEpochSecond();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aNewKeyspaceHasTheTablesTypesAndIndexesOfTheOld() {
        session.execute("CREATE INDEX by_int ON %s (v_int)".formatted(TABLE.cql()));
        Manifest backup = bench.backUp(TABLE);
        List<String> before = TableDump.of(session, TABLE, second);

        bench.restore(UUID.randomUUID(), intoKeyspace(backup));

        assertThat(TableDump.of(session, ELSEWHERE, second)).isEqualTo(before);
        assertThat(TableDump.of(session, TABLE, second)).isEqualTo(before);
        assertThat(names("SELECT index_name FROM system_schema.indexes WHERE keyspace_name = 'elsewhere'"))
                .containsExactly("by_int");
        assertThat(names("SELECT type_name FROM system_schema.types WHERE keyspace_name = 'elsewhere'"))
                .containsExactlyInAnyOrder("address", "place");
        assertThatThrownBy(() -> bench.restore(UUID.randomUUID(), intoKeyspace(backup)))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("Keyspace elsewhere is not empty: choose another name");
    }

    @Test
    void aDataCentreThatIsNotThereIsNamedAndTheKeyspaceMayBeMadeByHand() {
        Manifest moved = inDataCentre("dc9", bench.backUp(TABLE));

        assertThatThrownBy(() -> bench.restore(UUID.randomUUID(), intoKeyspace(moved)))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("dc9")
                .hasMessageContaining("make keyspace elsewhere yourself");

        bench.keyspace("elsewhere");
        bench.restore(UUID.randomUUID(), intoKeyspace(moved));
        assertThat(TableDump.of(session, ELSEWHERE, second)).isEqualTo(TableDump.of(session, TABLE, second));
    }

    @Test
    void ofASinglePartitionOnlyTheSlicesItCanBeInAreRead() throws IOException {
        Manifest backup = bench.backUp(TABLE);
        long token = session.execute("SELECT token(pk1, pk2) FROM %s %s LIMIT 1".formatted(TABLE.cql(), PARTITION))
                .one()
                .getLong(0);
        List<SliceEntry> others = backup.tables().getFirst().slices().stream()
                .filter(slice -> slice.firstToken() > token || slice.lastToken() < token)
                .toList();
        for (SliceEntry slice : others) {
            Files.delete(folder.resolve("objects")
                    .resolve(slice.id().substring(0, 2))
                    .resolve(slice.id()));
        }

        bench.restore(UUID.randomUUID(), ofPartition(backup, Into.NEW_TABLE, "3", "p3"));

        assertThat(others).hasSizeGreaterThan(3);
        assertThat(TableDump.withoutWritetimes(session, BESIDE, second, ""))
                .isEqualTo(TableDump.withoutWritetimes(session, TABLE, second, PARTITION))
                .hasSizeGreaterThan(2);
        assertThat(TableDump.of(session, TABLE, second)).containsAll(TableDump.of(session, BESIDE, second));
    }

    @Test
    void aReplacedPartitionIsAsItWasAndTheOthersStay() {
        Manifest backup = bench.backUp(TABLE);
        List<String> then = TableDump.withoutWritetimes(session, TABLE, second, PARTITION);
        session.execute("DELETE FROM %s %s".formatted(TABLE.cql(), PARTITION));
        session.execute("INSERT INTO %s (pk1, pk2, ck1, ck2, v_int) VALUES (3, 'p3', now(), 1, 1) USING TIMESTAMP %d"
                .formatted(TABLE.cql(), (second + 3600) * 1_000_000));
        session.execute("DELETE FROM %s WHERE pk1 = 4 AND pk2 = 'p4'".formatted(TABLE.cql()));
        List<String> others = TableDump.of(session, TABLE, second).stream()
                .filter(row -> !row.contains("'p3'"))
                .toList();

        bench.restore(UUID.randomUUID(), ofPartition(backup, Into.REPLACE, "3", "'p3'"));

        assertThat(TableDump.withoutWritetimes(session, TABLE, second, PARTITION))
                .isEqualTo(then)
                .hasSizeGreaterThan(2);
        assertThat(TableDump.of(session, TABLE, second).stream()
                        .filter(row -> !row.contains("'p3'"))
                        .toList())
                .isEqualTo(others);
        assertThat(bench.phases)
                .contains("delete the partition of targets.every_type")
                .doesNotContain("truncate targets.every_type");
        assertThat(bench.repository.ids()).hasSize(2);
    }

    @Test
    void aPartitionTheBackupDoesNotHaveIsNotDeleted() {
        Manifest backup = bench.backUp(TABLE);
        session.execute(
                "INSERT INTO %s (pk1, pk2, ck1, ck2, v_int) VALUES (99, 'new', now(), 1, 1)".formatted(TABLE.cql()));

        assertThatThrownBy(() -> bench.restore(UUID.randomUUID(), ofPartition(backup, Into.REPLACE, "99", "new")))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("holds nothing of partition [99, new]");
        assertThat(session.execute("SELECT * FROM %s WHERE pk1 = 99 AND pk2 = 'new'".formatted(TABLE.cql()))
                        .all())
                .hasSize(1);
    }

    private static JobOrder.Restore intoKeyspace(Manifest backup) {
        return new JobOrder.Restore(backup.id(), List.of(), Into.NEW_KEYSPACE, "", "elsewhere", List.of(), List.of());
    }

    private static JobOrder.Restore ofPartition(Manifest backup, Into into, String... values) {
        return new JobOrder.Restore(backup.id(), List.of(), into, "_restored", "", List.of(values), List.of());
    }

    /** The same backup as if its keyspace had been replicated to another data centre. */
    private Manifest inDataCentre(String name, Manifest backup) {
        TableEntry table = backup.tables().getFirst();
        TableSchema schema = table.schema();
        return bench.repository.commit(new Manifest(
                Manifest.VERSION,
                UUID.randomUUID(),
                null,
                "operator",
                backup.startedAt(),
                backup.endedAt(),
                backup.cluster(),
                backup.consistency(),
                backup.journals(),
                List.of(TableEntry.of(
                        table.shape(),
                        new TableSchema(
                                schema.keyspace().replace(bench.cassandra.datacenter(), name),
                                schema.types(),
                                schema.table(),
                                schema.indexes()),
                        table.slices()))));
    }

    private List<String> names(String query) {
        return session.execute(query).all().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
