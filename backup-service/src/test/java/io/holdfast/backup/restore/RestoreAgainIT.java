package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.backup.BackupBench;
import io.holdfast.backup.PausingGuards;
import io.holdfast.backup.TableDump;
import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobOrder.Into;
import io.holdfast.backup.repository.FolderBlobStore;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.table.TableName;

/** Restores that are killed and delivered again, and workers that wake when another has taken over. */
@Tag("long")
class RestoreAgainIT {
    private static final TableName TABLE = new TableName("again", "every_type");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final PausingGuards guards = new PausingGuards();

    @SuppressWarnings("NullAway.Init")
    private BackupBench bench;

    @SuppressWarnings("NullAway.Init")
    private CqlSession session;

    @SuppressWarnings("NullAway.Init")
    private Manifest backup;

    @SuppressWarnings("NullAway.Init")
    private List<String> then;

    private long second;

    /** The process was killed. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @BeforeEach
    void takeBackup() {
        bench = new BackupBench(new FolderBlobStore(folder), 8192, Duration.ofSeconds(30), guards);
        session = bench.session;
        bench.keyspace("again");
        EveryType.create(session, TABLE);
        EveryType.fill(session, TABLE, 40);
        second = Instant.now().getEpochSecond();
        then = TableDump.of(session, TABLE, second);
        backup = bench.backUp(TABLE);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void killedAtAnyPhaseAReplacementEndsTheSameWhenItIsDoneAgain() {
        int killed = 0;
        boolean ended = false;
        while (!ended) {
            session.execute("DELETE FROM %s WHERE pk1 = 1 AND pk2 = 'p1'".formatted(TABLE.cql()));
            UUID job = UUID.randomUUID();
            ended = !killedAtPhase(killed + 1, job, replace());
            if (!ended) {
                killed++;
                bench.restore(job, replace());
            }
            assertThat(TableDump.of(session, TABLE, second))
                    .as("killed at phase %d", killed)
                    .isEqualTo(then);
        }
        assertThat(killed).isEqualTo(9);
        assertThat(tables()).hasSize(1);
    }

    /** Its worker died, or was stopped, when the writers went on and nobody had been told yet that the job has ended. */
    @Test
    void aReplacementThatWasDoneAndIsDeliveredAgainLeavesWhatWasWrittenSince() {
        UUID job = UUID.randomUUID();
        bench.restore(job, replace());
        session.execute("DELETE FROM %s WHERE pk1 = 1 AND pk2 = 'p1'".formatted(TABLE.cql()));
        List<String> since = TableDump.of(session, TABLE, second);
        assertThat(since).isNotEqualTo(then);
        bench.phases.clear();

        // Under an epoch whose worker has died at once, too.
        bench.repository.fence(job);
        bench.restore(job, replace());
        bench.restore(job, replace());

        assertThat(TableDump.of(session, TABLE, second)).isEqualTo(since);
        assertThat(bench.phases).isEmpty();
        bench.restore(UUID.randomUUID(), replace());
        assertThat(TableDump.of(session, TABLE, second)).isEqualTo(then);
    }

    @Test
    void killedInTheMiddleOfLoadingANewTableIsLoadedAgainWithoutDoubleElements() {
        JobOrder.Restore order = new JobOrder.Restore(backup.id(), List.of(), Into.NEW_TABLE, "_new");
        UUID job = UUID.randomUUID();
        bench.atPhase = phase -> {
            if (phase.startsWith("load ")) {
                bench.atProgress = () -> {
                    throw new Killed();
                };
            }
        };
        assertThatThrownBy(() -> bench.restore(job, order)).isInstanceOf(Killed.class);
        bench.atPhase = phase -> {};
        bench.atProgress = () -> {};

        bench.restore(job, order);
        bench.restore(job, order);

        assertThat(TableDump.of(session, TABLE.withTable("every_type_new"), second))
                .isEqualTo(then);
    }

    @Test
    void aWorkerThatWakesBeforeItTruncatesStops() throws InterruptedException {
        UUID job = UUID.randomUUID();
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch wake = new CountDownLatch(1);
        AtomicInteger sleepers = new AtomicInteger();
        bench.atPhase = phase -> {
            if (phase.startsWith("truncate ") && sleepers.getAndIncrement() == 0) {
                asleep.countDown();
                sleepUntil(wake);
            }
        };
        CompletableFuture<Void> sleeper = CompletableFuture.runAsync(() -> bench.restore(job, replace()));
        assertThat(asleep.await(60, TimeUnit.SECONDS)).isTrue();
        bench.restore(job, replace());
        session.execute(
                "UPDATE %s SET v_text = 'written after the restore' WHERE pk1 = 9 AND pk2 = 'p9' AND ck1 = now() AND ck2 = 9"
                        .formatted(TABLE.cql()));
        List<String> now = TableDump.of(session, TABLE, second);

        wake.countDown();

        assertThatThrownBy(sleeper::join)
                .isInstanceOfAny(CompletionException.class, CancellationException.class)
                .hasStackTraceContaining("Another worker has begun this job anew");
        assertThat(TableDump.of(session, TABLE, second)).isEqualTo(now).hasSize(then.size() + 1);
    }

    @Test
    void aWorkerThatWakesWithinItsTruncationLoadsWhatItHasEmptied() throws InterruptedException {
        UUID job = UUID.randomUUID();
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch wake = new CountDownLatch(1);
        AtomicInteger sleepers = new AtomicInteger();
        bench.atPhase = phase -> {
            if (phase.startsWith("truncate ") && sleepers.getAndIncrement() == 0) {
                guards.beforeNext(() -> {
                    asleep.countDown();
                    sleepUntil(wake);
                });
            }
        };
        CompletableFuture<Void> sleeper = CompletableFuture.runAsync(() -> bench.restore(job, replace()));
        assertThat(asleep.await(60, TimeUnit.SECONDS)).isTrue();
        bench.restore(job, replace());

        wake.countDown();
        sleeper.join();

        assertThat(TableDump.of(session, TABLE, second)).isEqualTo(then);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWorkerThatHasLostItsJobLeavesTheOtherHisScratchTable(boolean failing) {
        UUID job = UUID.randomUUID();
        bench.atPhase = phase -> {
            if (phase.startsWith("compare ")) {
                bench.repository.fence(job);
                if (failing) {
                    throw new JobFailedException("The other one has dropped it");
                }
            }
        };

        assertThatThrownBy(() -> bench.restore(job, replace())).isInstanceOf(CancellationException.class);

        assertThat(tables()).hasSize(2);
        bench.atPhase = phase -> {};
        bench.restore(job, replace());
        assertThat(tables()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTableThatSomebodyMadeMeanwhileIsNeitherEmptiedNorWrittenInto(boolean killed) {
        TableName later = TABLE.withTable("later");
        session.execute("CREATE TABLE again.later (id int PRIMARY KEY, l list<int>)");
        session.execute("INSERT INTO again.later (id, l) VALUES (1, [1])");
        Manifest both = bench.backUp(TABLE, later);
        JobOrder.Restore order = new JobOrder.Restore(both.id(), List.of(), Into.NEW_TABLE, "_new");
        UUID job = UUID.randomUUID();
        bench.atPhase = phase -> {
            if (phase.equals("load again.every_type_new")) {
                session.execute("CREATE TABLE again.later_new (id int PRIMARY KEY, l list<int>)");
                session.execute("INSERT INTO again.later_new (id, l) VALUES (7, [7])");
                if (killed) {
                    throw new Killed();
                }
            }
        };
        if (killed) {
            assertThatThrownBy(() -> bench.restore(job, order)).isInstanceOf(Killed.class);
            bench.atPhase = phase -> {};
        }

        assertThatThrownBy(() -> bench.restore(job, order))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("again.later_new");

        assertThat(session.execute("SELECT id, l FROM again.later_new").all())
                .extracting(Row::getFormattedContents)
                .containsExactly("[id:7, l:[7]]");
        bench.atPhase = phase -> {};
        session.execute("DROP TABLE again.later_new");
        session.execute("DROP TABLE again.every_type_new");
        bench.restore(job, order);
        assertThat(session.execute("SELECT id, l FROM again.later_new").all())
                .extracting(Row::getFormattedContents)
                .containsExactly("[id:1, l:[1]]");
        assertThat(TableDump.of(session, TABLE.withTable("every_type_new"), second))
                .isEqualTo(then);
    }

    private List<Row> tables() {
        return session.execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = 'again'")
                .all();
    }

    private JobOrder.Restore replace() {
        return new JobOrder.Restore(backup.id(), List.of(), Into.REPLACE, "");
    }

    /** Whether there is such a phase, and the job was killed as it began. */
    private boolean killedAtPhase(int number, UUID job, JobOrder.Restore order) {
        AtomicInteger phases = new AtomicInteger();
        bench.atPhase = phase -> {
            if (phases.incrementAndGet() == number) {
                throw new Killed();
            }
        };
        try {
            bench.restore(job, order);
            return false;
        } catch (Killed expected) {
            return true;
        } finally {
            bench.atPhase = phase -> {};
        }
    }

    private static void sleepUntil(CountDownLatch wake) {
        try {
            if (!wake.await(120, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody woke the sleeper");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
