package io.holdfast.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import io.holdfast.backup.job.JobCancelledException;
import io.holdfast.backup.job.JobCommand;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.Progress;
import io.holdfast.backup.journal.Journals;
import io.holdfast.backup.patience.Patience;
import io.holdfast.backup.repository.BlobStore;
import io.holdfast.backup.repository.Depth;
import io.holdfast.backup.repository.FolderBlobStore;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.TestRepositories;
import io.holdfast.backup.restore.RestoreWork;
import io.holdfast.backup.restore.ScratchRestore;
import io.holdfast.backup.restore.WriterPauses;
import io.holdfast.backup.snapshot.BackupWork;
import io.holdfast.backup.snapshot.SnapshotLimits;
import io.holdfast.backup.snapshot.SpaceCheck;
import io.holdfast.backup.snapshot.Verifier;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.throttle.Throttle;
import io.holdfast.backup.verification.VerificationWork;
import io.holdfast.failover.guard.Guards;
import io.holdfast.journal.pause.PauseNotice;
import io.holdfast.local.fixture.CassandraServer;
import io.holdfast.local.fixture.LocalServers;
import io.holdfast.storage.session.RefreshingSessions;

/** The work of the service over a real Cassandra and a folder, without Kafka and HTTP. */
public final class BackupBench implements AutoCloseable {
    public final CassandraServer cassandra;
    public final CqlSession session;
    public final Throttle throttle = Throttle.none();
    public final Repository repository;
    public final List<String> phases = new CopyOnWriteArrayList<>();

    /** Called in the thread of the job when a phase begins; may throw, as if the process had been killed. */
    public volatile Consumer<String> atPhase = phase -> {};

    /** Called when a job tells of its progress; may throw. */
    public volatile Runnable atProgress = () -> {};

    /** How the phase begins at which the job learns that it was cancelled. */
    public volatile @Nullable String cancelledAt;

    /** How the phase begins at which the worker is stopped. */
    public volatile @Nullable String stoppedAt;

    /** Whether the writers of all keyspaces have a journal, and so are paused. */
    public volatile boolean journaled;

    /** How much later it is for what tells the writers. */
    public volatile Duration pausesSince = Duration.ZERO;

    /** What writers were told. */
    public final List<PauseNotice> notices = new CopyOnWriteArrayList<>();

    /** Takes what writers are told on its way. */
    public volatile Consumer<PauseNotice> atNotice = notice -> {};

    /** What a backup takes for the size of a table that was never backed up. */
    public volatile long estimatedBytes;

    private final BackupWork backups;
    private final RestoreWork restores;
    private final VerificationWork verifications;

    private final JobReport report = new JobReport() {
        @Override
        public void phase(String name, Progress progress) {
            stopAt(name);
            phases.add(name);
            atPhase.accept(name);
        }

        @Override
        public void noReturn(String why) {
            stopAt("no return");
            phases.add("no return");
        }

        private void stopAt(String name) {
            if (stoppedAt != null && name.startsWith(stoppedAt)) {
                throw new CancellationException("Stopped");
            }
            if (cancelledAt != null && name.startsWith(cancelledAt)) {
                throw new JobCancelledException("operator");
            }
        }

        @Override
        public void progress(Progress progress) {
            phases.add(progress.toString());
            atProgress.run();
        }
    };

    public BackupBench(Path folder, int sliceBytes, Duration patience) {
        this(new FolderBlobStore(folder), sliceBytes, patience);
    }

    public BackupBench(BlobStore store, int sliceBytes, Duration patience) {
        this(store, sliceBytes, patience, new DirectGuards());
    }

    public BackupBench(BlobStore store, int sliceBytes, Duration patience, Guards guards) {
        this(store, sliceBytes, patience, guards, Journals.none());
    }

    public BackupBench(BlobStore store, int sliceBytes, Duration patience, Guards guards, Journals journals) {
        this(LocalServers.shared().cassandra(), store, sliceBytes, patience, guards, journals);
    }

    /** Over a cluster of one's own choice. */
    public BackupBench(CassandraServer cassandra, Path folder, int sliceBytes, Duration patience) {
        this(cassandra, new FolderBlobStore(folder), sliceBytes, patience, new DirectGuards(), Journals.none());
    }

    private BackupBench(
            CassandraServer cassandra,
            BlobStore store,
            int sliceBytes,
            Duration patience,
            Guards guards,
            Journals journals) {
        this.cassandra = cassandra;
        session = RefreshingSessions.builder()
                .addContactPoint(cassandra.address())
                .withLocalDatacenter(cassandra.datacenter())
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(10))
                        // As the platform's own session has it: a second by default, at each change of the schema.
                        .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(50))
                        .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
                        .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(1))
                        .build())
                .build();
        InstantSource clock = InstantSource.system();
        Cluster cluster = new Cluster(session, guards, new Patience(patience), throttle);
        repository = TestRepositories.in(store, clock);
        SnapshotLimits limits = new SnapshotLimits(sliceBytes, 2);
        Verifier verifier = new Verifier(repository, limits);
        SpaceCheck space = new SpaceCheck(repository, _ -> estimatedBytes, DataSize.ofBytes(0), patience);
        backups = new BackupWork(
                repository, cluster, verifier, limits, space, journals, table -> OptionalLong.empty(), clock);
        restores = new RestoreWork(repository, cluster, verifier, backups, pauses(), clock, 16);
        verifications = new VerificationWork(
                repository, verifier, new ScratchRestore(repository, cluster, clock, 16)::damage, clock);
    }

    private WriterPauses pauses() {
        return new WriterPauses(
                notice -> {
                    atNotice.accept(notice);
                    notices.add(notice);
                },
                keyspace -> journaled,
                new Patience(Duration.ZERO),
                Duration.ZERO,
                () -> InstantSource.system().instant().plus(pausesSince));
    }

    public Manifest backUp(TableName... tables) {
        return backUp(UUID.randomUUID(), tables);
    }

    public Manifest backUp(UUID id, TableName... tables) {
        JobOrder.Backup order = new JobOrder.Backup(List.of(), List.of(tables));
        return backups.take(command(id, order), order, report);
    }

    public void replace(Manifest backup) {
        restore(backup, JobOrder.Into.REPLACE, "");
    }

    public void intoNewTable(Manifest backup, String suffix) {
        restore(backup, JobOrder.Into.NEW_TABLE, suffix);
    }

    public void verify(Manifest backup) {
        verify(UUID.randomUUID(), backup, Depth.FULL);
    }

    public void verify(UUID job, Manifest backup, Depth depth) {
        JobOrder.Verification order = new JobOrder.Verification(backup.id(), depth);
        verifications.run(command(job, order), order, report);
    }

    /** Makes a keyspace, emptied of what an earlier test left. */
    public void keyspace(String name) {
        session.execute("DROP KEYSPACE IF EXISTS " + name);
        session.execute("CREATE KEYSPACE %s WITH replication = {'class': 'NetworkTopologyStrategy', '%s': 1}"
                .formatted(name, cassandra.datacenter()));
    }

    @Override
    public void close() {
        session.close();
    }

    private void restore(Manifest backup, JobOrder.Into into, String suffix) {
        restore(UUID.randomUUID(), new JobOrder.Restore(backup.id(), List.of(), into, suffix));
    }

    /** Does a restore, or does it again. */
    public void restore(UUID job, JobOrder.Restore order) {
        restores.run(command(job, order), order, report);
    }

    private static JobCommand command(UUID id, JobOrder order) {
        return new JobCommand(JobCommand.VERSION, id, null, "operator", Instant.now(), order);
    }
}
