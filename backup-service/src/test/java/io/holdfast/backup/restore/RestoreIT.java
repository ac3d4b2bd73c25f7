package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.backup.BackupBench;
import io.holdfast.backup.TableDump;
import io.holdfast.backup.job.JobCancelledException;
import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.repository.FolderBlobStore;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.table.TableName;

class RestoreIT {
    private static final TableName TABLE = new TableName("restoring", "every_type");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private BackupBench bench;

    @SuppressWarnings("NullAway.Init")
    private CqlSession session;

    @BeforeEach
    void makeTable() {
        bench = new BackupBench(folder, 4096, Duration.ofSeconds(30));
        session = bench.session;
        bench.keyspace("restoring");
        EveryType.create(session, TABLE);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void everyCellIsBackAfterTheTableWasTruncatedAndReplaced() {
        EveryType.fill(session, TABLE, 300);
        long second = Instant.now().getEpochSecond();
        List<String> before = TableDump.of(session, TABLE, second);
        Manifest backup = bench.backUp(TABLE);
        session.execute("TRUNCATE " + TABLE.cql());

        bench.replace(backup);

        assertThat(before).hasSizeGreaterThan(300);
        assertThat(TableDump.of(session, TABLE, second)).isEqualTo(before);
        assertThat(backup.tables().getFirst().slices()).hasSizeGreaterThan(10);
    }

    @Test
    void everyCellIsThereInANewTableWithItsIndexes() {
        EveryType.fill(session, TABLE, 50);
        session.execute("CREATE INDEX by_int ON %s (v_int)".formatted(TABLE.cql()));
        session.execute(
                "CREATE CUSTOM INDEX by_text ON %s (v_text) USING 'StorageAttachedIndex'".formatted(TABLE.cql()));
        long second = Instant.now().getEpochSecond();
        Manifest backup = bench.backUp(TABLE);

        bench.intoNewTable(backup, "_restored");

        TableName restored = new TableName("restoring", "every_type_restored");
        assertThat(TableDump.of(session, restored, second)).isEqualTo(TableDump.of(session, TABLE, second));
        assertThat(session.execute("SELECT index_name FROM system_schema.indexes WHERE keyspace_name = 'restoring'"
                                + " AND table_name = 'every_type_restored'")
                        .all())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder("every_type_restored_by_int", "every_type_restored_by_text");
    }

    @Test
    void aDroppedKeyspaceIsMadeAnew() {
        EveryType.fill(session, TABLE, 20);
        long second = Instant.now().getEpochSecond();
        List<String> before = TableDump.of(session, TABLE, second);
        Manifest backup = bench.backUp(TABLE);
        session.execute("DROP KEYSPACE restoring");

        bench.replace(backup);

        assertThat(TableDump.of(session, TABLE, second)).isEqualTo(before);
    }

    @Test
    void whatWasDeletedOrAddedSinceTheBackupIsAsItWas() {
        EveryType.fill(session, TABLE, 20);
        long second = Instant.now().getEpochSecond();
        List<String> before = TableDump.of(session, TABLE, second);
        Manifest backup = bench.backUp(TABLE);
        session.execute("DELETE FROM %s WHERE pk1 = 1 AND pk2 = 'p1'".formatted(TABLE.cql()));
        session.execute(
                "INSERT INTO %s (pk1, pk2, ck1, ck2, v_int) VALUES (77, 'new', now(), 1, 1)".formatted(TABLE.cql()));
        List<String> changed = TableDump.of(session, TABLE, second);

        bench.replace(backup);

        assertThat(changed).isNotEqualTo(before);
        assertThat(TableDump.of(session, TABLE, second)).isEqualTo(before);
        assertThat(bench.phases.stream().filter(phase -> !phase.startsWith("Progress")))
                .containsExactly(
                        "scan",
                        "verify",
                        "commit",
                        "verify",
                        "scan",
                        "verify",
                        "commit",
                        "rehearse " + scratch(),
                        "compare " + scratch(),
                        "no return",
                        "truncate restoring.every_type",
                        "load restoring.every_type",
                        "compare restoring.every_type");
        assertThat(bench.repository.ids()).hasSize(2);
    }

    @Tag("long")
    @Test
    void whatHasExpiredStaysExpired() {
        session.execute("INSERT INTO %s (pk1, pk2, ck1, ck2, v_int) VALUES (1, 'short', now(), 1, 1) USING TTL 3"
                .formatted(TABLE.cql()));
        session.execute("INSERT INTO %s (pk1, pk2, ck1, ck2, v_int) VALUES (1, 'long', now(), 1, 1) USING TTL 3000"
                .formatted(TABLE.cql()));
        long second = Instant.now().getEpochSecond();
        Manifest backup = bench.backUp(TABLE);
        assertThat(backup.rows()).isEqualTo(2);
        await().atMost(Duration.ofSeconds(20)).until(() -> rows().size() == 1);

        bench.replace(backup);
        bench.intoNewTable(backup, "_beside");

        assertThat(rows()).singleElement().asString().contains("'long'");
        assertThat(TableDump.of(session, new TableName("restoring", "every_type_beside"), second + 10))
                .singleElement()
                .asString()
                .contains("'long'")
                .isEqualTo(TableDump.of(session, TABLE, second + 10).getFirst());
    }

    @Test
    void aTableOfKeysOnlyIsBack() {
        TableName keys = new TableName("restoring", "months");
        session.execute("CREATE TABLE restoring.months (user int, month int, PRIMARY KEY (user, month))"
                + " WITH CLUSTERING ORDER BY (month DESC)");
        for (int row = 0; row < 30; row++) {
            session.execute("INSERT INTO restoring.months (user, month) VALUES (%d, %d)".formatted(row % 4, row));
        }
        long second = Instant.now().getEpochSecond();
        List<String> before = TableDump.of(session, keys, second);
        Manifest backup = bench.backUp(keys);
        session.execute("DELETE FROM restoring.months WHERE user = 1");

        bench.replace(backup);

        assertThat(TableDump.of(session, keys, second)).isEqualTo(before).hasSize(30);
    }

    @Test
    void aFlippedBitIsFoundNamedAndCostsNothing() throws IOException {
        EveryType.fill(session, TABLE, 100);
        long second = Instant.now().getEpochSecond();
        Manifest backup = bench.backUp(TABLE);
        List<String> before = TableDump.of(session, TABLE, second);
        SliceEntry slice = backup.tables().getFirst().slices().get(3);
        Path object =
                folder.resolve("objects").resolve(slice.id().substring(0, 2)).resolve(slice.id());
        byte[] content = Files.readAllBytes(object);
        content[content.length / 2] ^= 4;
        Files.write(object, content);

        assertThatThrownBy(() -> bench.verify(backup))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining(slice.id());
        assertThatThrownBy(() -> bench.replace(backup))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining(slice.id());
        assertThatThrownBy(() -> bench.intoNewTable(backup, "_restored"))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining(slice.id());
        assertThat(TableDump.of(session, TABLE, second)).isEqualTo(before);
        assertThat(session.execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = 'restoring'")
                        .all())
                .hasSize(1);
        assertThat(bench.repository.verdicts(backup.id()).last())
                .hasValueSatisfying(verdict ->
                        assertThat(verdict.damage()).singleElement().asString().contains(slice.id()));
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"verify", "scan", "rehearse", "compare", "no return"})
    void aReplacementThatIsCancelledInTimeLeavesAllAsItIs(String phase) {
        EveryType.fill(session, TABLE, 20);
        long second = Instant.now().getEpochSecond();
        List<String> before = TableDump.of(session, TABLE, second);
        Manifest backup = bench.backUp(TABLE);

        bench.cancelledAt = phase;
        assertThatThrownBy(() -> bench.replace(backup)).isInstanceOf(JobCancelledException.class);

        assertThat(TableDump.of(session, TABLE, second)).isEqualTo(before);
        assertThat(session.execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = 'restoring'")
                        .all())
                .hasSize(1);
        assertThat(new FolderBlobStore(folder).list("running")).isEmpty();
    }

    /** Also by what was written since it began: nobody else writes there. */
    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"USING TIMESTAMP 1", ""})
    void aRehearsalThatFailsCostsNothingAndLeavesNothingInTheKeyspace(String when) {
        EveryType.fill(session, TABLE, 20);
        long second = Instant.now().getEpochSecond();
        List<String> before = TableDump.of(session, TABLE, second);
        Manifest backup = bench.backUp(TABLE);
        bench.atPhase = phase -> {
            if (phase.startsWith("compare ")) {
                session.execute("INSERT INTO %s (pk1, pk2, ck1, ck2, v_int) VALUES (77, 'new', now(), 1, 1) %s"
                        .formatted(scratch(), when));
            }
        };

        assertThatThrownBy(() -> bench.replace(backup))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining(TABLE.toString());

        assertThat(TableDump.of(session, TABLE, second)).isEqualTo(before);
        assertThat(session.execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = 'restoring'")
                        .all())
                .hasSize(1);
    }

    @Tag("long")
    @Test
    void aRehearsalLeavesNoSnapshotInCassandra() {
        EveryType.fill(session, TABLE, 5);
        Manifest backup = bench.backUp(TABLE);
        List<String> options = new ArrayList<>();
        bench.atPhase = phase -> {
            if (phase.startsWith("compare ") && options.isEmpty()) {
                session.execute("SELECT allow_auto_snapshot, incremental_backups FROM system_schema.tables"
                                + " WHERE keyspace_name = 'restoring' AND table_name = '%s'"
                                        .formatted(scratch().substring("restoring.".length())))
                        .forEach(row -> options.add(row.getFormattedContents()));
            }
        };

        bench.replace(backup);

        assertThat(options).containsExactly("[allow_auto_snapshot:false, incremental_backups:false]");
    }

    @Test
    void anExistingTableIsNotWrittenInto() {
        EveryType.fill(session, TABLE, 5);
        Manifest backup = bench.backUp(TABLE);
        session.execute("CREATE TABLE restoring.every_type_mine (id int PRIMARY KEY)");

        assertThatThrownBy(() -> bench.intoNewTable(backup, "_mine"))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("already a table restoring.every_type_mine");
    }

    private List<String> rows() {
        return TableDump.of(session, TABLE, Instant.now().getEpochSecond());
    }

    private String scratch() {
        return bench.phases.stream()
                .filter(phase -> phase.startsWith("rehearse "))
                .findFirst()
                .orElseThrow()
                .substring("rehearse ".length());
    }
}
