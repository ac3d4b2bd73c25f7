package io.holdfast.backup.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.backup.BackupBench;
import io.holdfast.backup.TableDump;
import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.repository.Depth;
import io.holdfast.backup.repository.Holds;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.repository.Verdict;
import io.holdfast.backup.restore.EveryType;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableSchema;

/** Verifications by restoring, on a real Cassandra. */
@Tag("long")
class VerificationIT {
    private static final TableName TABLE = new TableName("verifying", "every_type");
    private static final TableName NAMESAKE = new TableName("verifying_too", "every_type");
    private static final UUID JOB = UUID.fromString("0b0e7a4c-77a9-4f3e-9d0e-2f3b7c1d5e6f");
    private static final UUID DEAD = UUID.fromString("5f0e7a4c-77a9-4f3e-9d0e-2f3b7c1d5e6f");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private BackupBench bench;

    @BeforeEach
    void makeTables() {
        bench = new BackupBench(folder, 4096, Duration.ofSeconds(30));
        bench.keyspace("verifying");
        bench.keyspace("verifying_too");
        bench.session.execute("CREATE TYPE verifying.inner_part (number int, text text)");
        bench.session.execute("CREATE TYPE verifying.\"Part\" (\"In\" frozen<inner_part>, name text)");
        EveryType.create(bench.session, TABLE);
        bench.session.execute("ALTER TABLE %s ADD part frozen<\"Part\">".formatted(TABLE.cql()));
        bench.session.execute("CREATE TABLE %s (id int PRIMARY KEY, v text)".formatted(NAMESAKE.cql()));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aRestoreIntoAScratchKeyspaceShowsThatEverythingComesBackAndLeavesNothing() {
        fill();
        List<String> before = TableDump.of(bench.session, TABLE, Instant.now().getEpochSecond());
        Manifest backup = bench.backUp(TABLE, NAMESAKE);
        long second = Instant.now().getEpochSecond();

        bench.verify(JOB, backup, Depth.RESTORE);

        Verdict verdict = bench.repository.verdicts(backup.id()).last().orElseThrow();
        assertThat(verdict.depth()).isEqualTo(Depth.RESTORE);
        assertThat(verdict.damage()).isEmpty();
        assertThat(bench.repository.verdicts(backup.id()).goodAt(Depth.RESTORE)).contains(verdict.verifiedAt());
        assertThat(scratchKeyspaces()).isEmpty();
        assertThat(bench.repository.scratches().abandoned()).isEmpty();
        assertThat(bench.phases)
                .contains("rehearse holdfast_verify_0b0e7a4c77a94f3e9d0e2f3b7c1d5e6f.every_type")
                .contains("compare holdfast_verify_0b0e7a4c77a94f3e9d0e2f3b7c1d5e6f.every_type");
        assertThat(TableDump.of(bench.session, TABLE, second)).hasSameSizeAs(before);
    }

    @Test
    void whatDoesNotComeBackIsNamedWithItsTableAndSliceThoughEverySliceIsWhole() {
        fill();
        Manifest backup = withARowTwice(bench.backUp(TABLE, NAMESAKE));
        SliceEntry twice = table(backup, NAMESAKE).slices().getLast();
        bench.verify(backup);

        assertThatThrownBy(() -> bench.verify(JOB, backup, Depth.RESTORE))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("Table verifying_too.every_type")
                .hasMessageContaining("is missing")
                .hasMessageContaining(twice.id());

        Verdict verdict = bench.repository.verdicts(backup.id()).last().orElseThrow();
        assertThat(verdict.depth()).isEqualTo(Depth.RESTORE);
        assertThat(verdict.damage()).singleElement().asString().contains("verifying_too.every_type", twice.id());
        assertThat(scratchKeyspaces()).isEmpty();
        bench.verify(backup);
        assertThat(bench.repository.verdicts(backup.id()).last()).contains(verdict);
    }

    @Test
    void aTableThatCannotBeMadeHereIsNamed() {
        fill();
        Manifest backup = bench.backUp(TABLE);
        TableEntry table = table(backup, TABLE);
        TableEntry withoutTypes = new TableEntry(
                table.keyspace(),
                table.table(),
                table.rows(),
                table.bytes(),
                new TableSchema(
                        table.schema().keyspace(), List.of(), table.schema().table(), List.of()),
                table.columns(),
                table.slices());
        Manifest forged = bench.repository.commit(with(backup, List.of(withoutTypes)));

        assertThatThrownBy(() -> bench.verify(JOB, forged, Depth.RESTORE))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("Table verifying.every_type: Restored, it cannot be restored here: ");

        assertThat(scratchKeyspaces()).isEmpty();
    }

    @Test
    void damagedSlicesAreNamedBeforeAnythingIsRestored() {
        fill();
        Manifest backup = bench.backUp(TABLE, NAMESAKE);
        SliceEntry slice = table(backup, NAMESAKE).slices().getFirst();
        assertThat(folder.resolve("objects")
                        .resolve(slice.id().substring(0, 2))
                        .resolve(slice.id())
                        .toFile()
                        .delete())
                .isTrue();

        for (Depth depth : Depth.values()) {
            assertThatThrownBy(() -> bench.verify(JOB, backup, depth))
                    .isInstanceOf(JobFailedException.class)
                    .hasMessage("Table verifying_too.every_type: Slice %s is damaged: it is missing", slice.id());
        }

        assertThat(bench.phases).noneMatch(phase -> phase.startsWith("rehearse"));
    }

    @Test
    void whatAJobThatDiedLeftIsTakenUpByItsNextRunOrClearedByAnother() {
        fill();
        Manifest backup = bench.backUp(NAMESAKE);
        leave(JOB);
        leave(DEAD);

        bench.verify(JOB, backup, Depth.RESTORE);

        assertThat(scratchKeyspaces()).isEmpty();
        assertThat(bench.repository.scratches().abandoned()).isEmpty();
    }

    @Test
    void whatAJobThatIsAtWorkUsesOrIsNotOfThisRepositoryIsLetAlone() {
        fill();
        Manifest backup = bench.backUp(NAMESAKE);
        UUID stranger = UUID.randomUUID();
        makeScratch(stranger);
        try (Holds.Hold _ = bench.repository.hold(DEAD)) {
            leave(DEAD);
            bench.verify(JOB, backup, Depth.RESTORE);
            assertThat(scratchKeyspaces()).containsExactlyInAnyOrder(scratch(DEAD), scratch(stranger));
        }

        bench.verify(JOB, backup, Depth.RESTORE);

        assertThat(scratchKeyspaces()).containsExactly(scratch(stranger));
        bench.session.execute("DROP KEYSPACE " + scratch(stranger));
    }

    @Test
    void aWorkerWhoseJobAnotherHasBegunAnewLeavesHimHisKeyspaceAndFindsNoDamage() {
        fill();
        Manifest backup = bench.backUp(NAMESAKE);
        bench.atPhase = phase -> {
            if (phase.startsWith("compare")) {
                bench.repository.fence(JOB);
            }
        };

        assertThatThrownBy(() -> bench.verify(JOB, backup, Depth.RESTORE)).isInstanceOf(CancellationException.class);

        assertThat(scratchKeyspaces()).containsExactly(scratch(JOB));
        assertThat(bench.repository.scratches().abandoned()).containsExactly(JOB);

        bench.atPhase = phase -> {
            if (phase.startsWith("compare")) {
                bench.repository.fence(JOB);
                bench.keyspace(scratch(JOB));
            }
        };
        assertThatThrownBy(() -> bench.verify(JOB, backup, Depth.RESTORE)).isInstanceOf(CancellationException.class);

        assertThat(scratchKeyspaces()).containsExactly(scratch(JOB));
        assertThat(bench.repository.verdicts(backup.id()).last()).isEmpty();
        bench.atPhase = phase -> {};
        bench.verify(JOB, backup, Depth.RESTORE);
        assertThat(scratchKeyspaces()).isEmpty();
    }

    @Test
    void whatIsDroppedAfterwardsLeavesNoSnapshotInCassandra() {
        fill();
        Manifest backup = bench.backUp(NAMESAKE);
        List<String> options = new ArrayList<>();
        bench.atPhase = phase -> {
            if (phase.startsWith("compare")) {
                bench.session
                        .execute("SELECT allow_auto_snapshot, incremental_backups FROM system_schema.tables"
                                + " WHERE keyspace_name = '%s'".formatted(scratch(JOB)))
                        .forEach(row -> options.add(row.getFormattedContents()));
            }
        };

        bench.verify(JOB, backup, Depth.RESTORE);

        assertThat(options).containsExactly("[allow_auto_snapshot:false, incremental_backups:false]");
    }

    private void fill() {
        EveryType.fill(bench.session, TABLE, 60);
        bench.session.execute(
                "INSERT INTO %s (pk1, pk2, ck1, ck2, part) VALUES (1, 'typed', now(), 1, {\"In\": {number: 1, text: 'x'}, name: 'y'})"
                        .formatted(TABLE.cql()));
        for (int row = 0; row < 5; row++) {
            bench.session.execute("INSERT INTO %s (id, v) VALUES (%d, 'a')".formatted(NAMESAKE.cql(), row));
        }
    }

    private void leave(UUID job) {
        bench.repository.scratches().begin(job);
        makeScratch(job);
    }

    private void makeScratch(UUID job) {
        bench.keyspace(scratch(job));
        bench.session.execute("CREATE TABLE %s.every_type (id int PRIMARY KEY, other int)".formatted(scratch(job)));
        bench.session.execute("INSERT INTO %s.every_type (id, other) VALUES (99, 1)".formatted(scratch(job)));
    }

    private static String scratch(UUID job) {
        return "holdfast_verify_" + job.toString().replace("-", "");
    }

    private List<String> scratchKeyspaces() {
        return bench.session.execute("SELECT keyspace_name FROM system_schema.keyspaces").all().stream()
                .map(row -> String.valueOf(row.getString(0)))
                .filter(name -> name.startsWith("holdfast_verify_"))
                .toList();
    }

    private Manifest withARowTwice(Manifest backup) {
        TableEntry table = table(backup, NAMESAKE);
        List<SliceEntry> twice =
                Stream.concat(table.slices().stream(), table.slices().stream()).toList();
        TableEntry forged = TableEntry.of(table.shape(), table.schema(), twice);
        return bench.repository.commit(with(backup, List.of(table(backup, TABLE), forged)));
    }

    private static Manifest with(Manifest backup, List<TableEntry> tables) {
        return new Manifest(
                backup.version(),
                UUID.randomUUID(),
                null,
                "operator",
                backup.startedAt(),
                backup.endedAt(),
                backup.cluster(),
                backup.consistency(),
                backup.journals(),
                tables);
    }

    private static TableEntry table(Manifest backup, TableName name) {
        return backup.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
