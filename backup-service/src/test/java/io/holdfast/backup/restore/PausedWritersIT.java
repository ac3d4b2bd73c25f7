package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.backup.BackupBench;
import io.holdfast.backup.PausingGuards;
import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobOrder.Into;
import io.holdfast.backup.repository.FolderBlobStore;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.table.TableName;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.journal.pause.PauseNotice;
import io.holdfast.journal.pause.PauseNotice.Kind;

/** What the writers of a journaled table are told while it is replaced. */
@Tag("long")
class PausedWritersIT {
    private static final TableName TABLE = new TableName("paused", "notes");

    private final UUID job = UUID.randomUUID();
    private final PausingGuards guards = new PausingGuards();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private BackupBench bench;

    @SuppressWarnings("NullAway.Init")
    private CqlSession session;

    @SuppressWarnings("NullAway.Init")
    private Manifest backup;

    @BeforeEach
    void takeBackup() {
        bench = new BackupBench(new FolderBlobStore(folder), 8192, Duration.ofSeconds(30), guards);
        session = bench.session;
        bench.keyspace("paused");
        session.execute("CREATE TABLE paused.notes (id int PRIMARY KEY, text text)");
        session.execute("INSERT INTO paused.notes (id, text) VALUES (1, 'kept')");
        backup = bench.backUp(TABLE);
        session.execute("INSERT INTO paused.notes (id, text) VALUES (2, 'written since')");
        bench.journaled = true;
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void writersStandStillFromBeforeTheTruncationUntilTheTableWasCompared() {
        bench.atPhase = phase -> assertThat(bench.notices)
                .as(phase)
                .hasSize(
                        phase.startsWith("truncate") || phase.startsWith("load") || phase.equals("compare " + TABLE)
                                ? 1
                                : 0);

        bench.restore(job, replace());

        assertThat(bench.notices)
                .containsExactly(
                        PauseNotice.paused(job, 1, "paused", names(), Duration.ofMinutes(10)),
                        PauseNotice.over(job, 1, "paused", names(), true));
        assertThat(rows()).containsExactly(1);
    }

    @Test
    void aTableWithoutAJournalIsReplacedWithoutAWord() {
        bench.journaled = false;

        bench.restore(job, replace());

        assertThat(bench.notices).isEmpty();
        assertThat(bench.phases).doesNotContain("pause writers");
    }

    @Test
    void writersWaitForAWorkerThatDiedAndForTheOneThatTakesItUp() {
        bench.stoppedAt = "load";
        assertThatThrownBy(() -> bench.restore(job, replace())).isInstanceOf(CancellationException.class);
        assertThat(bench.notices).extracting(PauseNotice::kind).containsExactly(Kind.PAUSED);
        bench.stoppedAt = null;
        bench.atPhase = phase -> {
            if (!phase.equals("pause writers")) {
                assertThat(bench.notices)
                        .as(phase)
                        .last()
                        .satisfies(notice -> assertThat(notice.epoch()).isEqualTo(2));
            }
        };

        bench.restore(job, replace());

        assertThat(bench.notices)
                .extracting(PauseNotice::kind, PauseNotice::epoch)
                .containsExactly(tuple(Kind.PAUSED, 1), tuple(Kind.PAUSED, 2), tuple(Kind.OVER, 2));
    }

    @Test
    void afterARestoreThatFailedWritersGoOn() {
        bench.atPhase = phase -> {
            if (phase.startsWith("load")) {
                throw new JobFailedException("Something is wrong");
            }
        };

        assertThatThrownBy(() -> bench.restore(job, replace())).isInstanceOf(JobFailedException.class);

        assertThat(bench.notices).last().isEqualTo(PauseNotice.failed(job, 1, "paused", names(), names()));
    }

    @Test
    void aTableThatWasNotTouchedYetIsNotSaidToBeReplaced() {
        TableName second = new TableName("paused", "second");
        session.execute("CREATE TABLE paused.second (id int PRIMARY KEY)");
        backup = bench.backUp(TABLE, second);
        bench.atPhase = phase -> {
            if (phase.startsWith("load")) {
                throw new JobFailedException("Something is wrong");
            }
        };

        assertThatThrownBy(() -> bench.restore(job, replace())).isInstanceOf(JobFailedException.class);

        TableName first = backup.tables().getFirst().name();
        assertThat(bench.notices)
                .last()
                .isEqualTo(PauseNotice.failed(
                        job, 1, "paused", Set.of("paused.notes", "paused.second"), Set.of(first.toString())));
    }

    @Test
    void whatAWorkerThatDiedMayHaveTouchedIsSaidToBeReplaced() {
        bench.stoppedAt = "load";
        assertThatThrownBy(() -> bench.restore(job, replace())).isInstanceOf(CancellationException.class);
        bench.stoppedAt = null;
        bench.atPhase = phase -> {
            if (phase.startsWith("verify")) {
                throw new JobFailedException("The backup is gone");
            }
        };

        assertThatThrownBy(() -> bench.restore(job, replace())).isInstanceOf(JobFailedException.class);

        assertThat(bench.notices).last().isEqualTo(PauseNotice.failed(job, 2, "paused", names(), names()));
    }

    @Test
    void aWorkerThatHasLostItsJobLeavesTheWritersToTheOther() {
        bench.atPhase = phase -> {
            if (phase.startsWith("load")) {
                bench.repository.fence(job);
                throw new JobFailedException("The other one is at it");
            }
        };

        assertThatThrownBy(() -> bench.restore(job, replace())).isInstanceOf(CancellationException.class);

        assertThat(bench.notices).extracting(PauseNotice::kind).containsExactly(Kind.PAUSED);
    }

    @Test
    void aWorkerThatTakesItsJobBackPausesTheWritersAnew() throws InterruptedException {
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch wake = new CountDownLatch(1);
        AtomicInteger sleepers = new AtomicInteger();
        bench.atPhase = phase -> {
            if (phase.startsWith("truncate ") && sleepers.getAndIncrement() == 0) {
                guards.beforeNext(() -> {
                    asleep.countDown();
                    await(wake);
                });
            }
        };
        CompletableFuture<Void> sleeper = CompletableFuture.runAsync(() -> bench.restore(job, replace()));
        assertThat(asleep.await(60, TimeUnit.SECONDS)).isTrue();
        bench.restore(job, replace());
        int before = bench.notices.size();

        wake.countDown();
        sleeper.join();

        assertThat(bench.notices.subList(before, bench.notices.size()))
                .filteredOn(notice -> notice.epoch() == 3)
                .containsExactly(
                        PauseNotice.paused(job, 3, "paused", names(), Duration.ofMinutes(10)),
                        PauseNotice.over(job, 3, "paused", names(), true));
        assertThat(rows()).containsExactly(1);
    }

    @Test
    void writersNobodyCouldSpeakToForLongAreToldAgainBeforeTheNextTableIsEmptied() {
        session.execute("CREATE TABLE paused.others (id int PRIMARY KEY)");
        backup = bench.backUp(TABLE, new TableName("paused", "others"));
        bench.atPhase = phase -> {
            if (phase.equals("truncate paused.others")) {
                bench.pausesSince = Duration.ofMinutes(6);
            }
            if (phase.equals("load paused.others")) {
                assertThat(bench.notices).extracting(PauseNotice::kind).containsExactly(Kind.PAUSED, Kind.PAUSED);
            }
        };

        bench.restore(job, replace());

        assertThat(bench.notices).extracting(PauseNotice::kind).containsExactly(Kind.PAUSED, Kind.PAUSED, Kind.OVER);
    }

    @Test
    void aWorkerThatTakesItsJobBackAndFailsNamesWhatTheOtherMayHaveReplaced() {
        TableName others = new TableName("paused", "others");
        session.execute("CREATE TABLE paused.others (id int PRIMARY KEY)");
        backup = bench.backUp(TABLE, others);
        bench.atPhase = phase -> {
            if (phase.equals("truncate " + TABLE)) {
                guards.beforeNext(() -> bench.repository.fence(job));
            } else if (phase.equals("load " + TABLE)) {
                throw new JobFailedException("Something is wrong");
            }
        };

        assertThatThrownBy(() -> bench.restore(job, replace())).isInstanceOf(JobFailedException.class);

        assertThat(bench.notices)
                .last()
                .extracting(PauseNotice::replaced)
                .isEqualTo(Set.of(TABLE.toString(), others.toString()));
    }

    @Test
    void nothingIsEmptiedWhenTheWritersCannotBeTold() {
        bench.atNotice = notice -> {
            if (notice.kind() == Kind.PAUSED) {
                throw new DependencyUnavailableException("kafka", Reason.FAILED, Duration.ofSeconds(1), null);
            }
        };

        assertThatThrownBy(() -> bench.restore(job, replace())).isInstanceOf(DependencyUnavailableException.class);

        assertThat(rows()).containsExactlyInAnyOrder(1, 2);
        assertThat(bench.notices)
                .as("some may have heard of it")
                .containsExactly(PauseNotice.over(job, 1, "paused", names(), false));
    }

    private static Set<String> names() {
        return Set.of("paused.notes");
    }

    private List<Integer> rows() {
        return session.execute("SELECT id FROM paused.notes").all().stream()
                .map(row -> row.getInt("id"))
                .toList();
    }

    private JobOrder.Restore replace() {
        return new JobOrder.Restore(backup.id(), List.of(), Into.REPLACE, "");
    }

    private static void await(CountDownLatch wake) {
        try {
            if (!wake.await(120, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody woke the sleeper");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
