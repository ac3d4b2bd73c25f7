package io.holdfast.backup.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import io.holdfast.backup.job.Job;
import io.holdfast.backup.job.JobBoard;
import io.holdfast.backup.job.JobKind;
import io.holdfast.backup.job.JobState;
import io.holdfast.backup.job.Progress;
import io.holdfast.backup.repository.Depth;
import io.holdfast.backup.repository.Manifests;
import io.holdfast.backup.repository.MemoryBlobStore;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.TestRepositories;
import io.holdfast.backup.repository.Verdict;
import io.holdfast.backup.table.TableName;

class BackupLookTest {
    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant ELEVEN = Instant.parse("2026-11-21T11:00:00Z");
    private static final UUID OLD = new UUID(0, 9);
    private static final UUID NEW = new UUID(0, 1);

    private final MemoryBlobStore store = new MemoryBlobStore();
    private final Repository repository = TestRepositories.in(store, () -> TEN);
    private Instant now = ELEVEN.plusSeconds(600);
    private final JobBoard board = new JobBoard();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Set<TableName> tables = new HashSet<>(Set.of(Manifests.SHAPE.name()));
    private final BackupLook backups =
            new BackupLook(repository, board, List.of("shop"), keyspace -> Set.copyOf(tables), meters, () -> now);

    @Test
    void withoutABackupTheNewestIsFromTheBeginningOfTime() {
        backups.look();

        assertThat(newest()).isZero();
        assertThat(value("holdfast.backup.verification.timestamp")).isZero();
        assertThat(kept("good")).isZero();
    }

    @Test
    void aKeyspaceIsAsOldAsItsNewestGoodBackup() {
        backUp(OLD, TEN);
        backUp(NEW, ELEVEN);

        backups.look();

        assertThat(newest()).isEqualTo((double) ELEVEN.getEpochSecond());
        assertThat(value("holdfast.backup.verification.timestamp")).isEqualTo(ELEVEN.getEpochSecond() + 5.0);
        assertThat(value("holdfast.backup.verification.good")).isEqualTo(1);
        assertThat(kept("good")).isEqualTo(2);
    }

    @Test
    void aBackupThatLacksATableDoesNotCount() {
        backUp(NEW, ELEVEN);
        tables.add(new TableName("shop", "customers"));

        backups.look();

        assertThat(newest()).isZero();
    }

    @Test
    void aDamagedBackupDoesNotCountFromItsVerificationOn() {
        backUp(OLD, TEN);
        backUp(NEW, ELEVEN);
        backups.look();

        repository.keep(NEW, new Verdict(ELEVEN.plusSeconds(60), List.of("Slice x is damaged")));
        board.accept(verification(NEW));
        backups.look();

        assertThat(newest()).isEqualTo((double) TEN.getEpochSecond());
        assertThat(kept("damaged")).isEqualTo(1);
        assertThat(kept("good")).isEqualTo(1);
        assertThat(value("holdfast.backup.verification.timestamp")).isEqualTo(ELEVEN.getEpochSecond() + 60.0);
        assertThat(value("holdfast.backup.verification.good")).isZero();
    }

    @Test
    void theAgeOfTheLastVerifiedRestoreGrowsUntilTheNext() {
        backUp(OLD, TEN);
        backUp(NEW, ELEVEN);
        repository.keep(NEW, new Verdict(ELEVEN, List.of()));
        backups.look();
        assertThat(restoreAge()).isEqualTo((double) now.getEpochSecond());

        repository.keep(OLD, new Verdict(Depth.RESTORE, ELEVEN.plusSeconds(540), List.of()));
        board.accept(verification(OLD));
        backups.look();
        assertThat(restoreAge()).isEqualTo(60);

        now = now.plusSeconds(1000);
        assertThat(restoreAge()).isEqualTo(1060);
    }

    @Test
    void aRestoreThatFailedOrLacksATableIsNoVerifiedOne() {
        backUp(NEW, ELEVEN);
        repository.keep(NEW, new Verdict(Depth.RESTORE, ELEVEN, List.of()));
        tables.add(new TableName("shop", "customers"));
        backups.look();
        assertThat(restoreAge()).isEqualTo((double) now.getEpochSecond());

        tables.remove(new TableName("shop", "customers"));
        backups.look();
        assertThat(restoreAge()).isEqualTo(600);

        repository.keep(NEW, new Verdict(Depth.RESTORE, ELEVEN, List.of("Table shop.articles: row 0x61 is missing")));
        board.accept(verification(NEW));
        backups.look();
        assertThat(restoreAge()).isEqualTo((double) now.getEpochSecond());
    }

    @Test
    void aManifestThatComesBackFromACopyIsReadAgain() {
        backUp(NEW, ELEVEN);
        store.flip("snapshots/" + NEW + ".manifest", 300);
        backups.look();
        assertThat(kept("damaged")).isEqualTo(1);

        store.flip("snapshots/" + NEW + ".manifest", 300);
        backups.look();

        assertThat(kept("damaged")).isZero();
        assertThat(newest()).isEqualTo((double) ELEVEN.getEpochSecond());
    }

    @Test
    void aDeletedBackupIsForgotten() {
        backUp(OLD, TEN);
        backUp(NEW, ELEVEN);
        backups.look();

        repository.delete(NEW);
        backups.look();

        assertThat(newest()).isEqualTo((double) TEN.getEpochSecond());
        assertThat(kept("good")).isEqualTo(1);
    }

    @Test
    void whileCassandraIsAwayTheTablesAreThoseThatWereThere() {
        Set<TableName> remembered = new HashSet<>(tables);
        BackupLook look = new BackupLook(
                repository,
                board,
                List.of("shop"),
                keyspace -> {
                    if (remembered.isEmpty()) {
                        throw new IllegalStateException("not connected");
                    }
                    return Set.copyOf(remembered);
                },
                meters,
                () -> now);
        backUp(NEW, ELEVEN);
        look.look();
        remembered.clear();
        look.look();

        assertThat(newest()).isEqualTo((double) ELEVEN.getEpochSecond());
    }

    private void backUp(UUID id, Instant at) {
        repository.ids(); // opens it
        repository.commit(Manifests.of(id, at));
    }

    private static Job verification(UUID backup) {
        return new Job(
                new UUID(1, 1),
                JobKind.VERIFICATION,
                JobState.FAILED,
                null,
                Progress.NONE,
                backup,
                null,
                "operator",
                "damaged",
                ELEVEN,
                ELEVEN,
                ELEVEN,
                null);
    }

    private double newest() {
        return meters.get("holdfast.backup.newest.timestamp")
                .tag("keyspace", "shop")
                .gauge()
                .value();
    }

    private double restoreAge() {
        return meters.get("holdfast.backup.verified.restore.age")
                .tag("keyspace", "shop")
                .gauge()
                .value();
    }

    private double kept(String state) {
        return meters.get("holdfast.backup.kept").tag("state", state).gauge().value();
    }

    private double value(String name) {
        return meters.get(name).gauge().value();
    }
}
