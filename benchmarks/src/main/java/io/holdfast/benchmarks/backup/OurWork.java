package io.holdfast.benchmarks.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.CqlSession;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.unit.DataSize;

import io.holdfast.backup.job.JobCommand;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.Progress;
import io.holdfast.backup.journal.Journals;
import io.holdfast.backup.key.RecoveryKey;
import io.holdfast.backup.patience.Patience;
import io.holdfast.backup.repository.FolderBlobStore;
import io.holdfast.backup.repository.GuardedBlobStore;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.restore.RestoreWork;
import io.holdfast.backup.restore.WriterPauses;
import io.holdfast.backup.snapshot.BackupWork;
import io.holdfast.backup.snapshot.SnapshotLimits;
import io.holdfast.backup.snapshot.SpaceCheck;
import io.holdfast.backup.snapshot.Verifier;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.SizeEstimates;
import io.holdfast.backup.table.TableName;
import io.holdfast.benchmarks.SomeService;
import io.holdfast.failover.guard.Guards;

/**
 * The work of backup-service as the service does it: its guards, its session, its default limits; without Kafka and HTTP. A snapshot
 * counts from the first question to Cassandra until the manifest is durable, a restore until the last row is written; verifying and
 * comparing are told apart.
 */
final class OurWork implements AutoCloseable {
    private static final UUID FIRST = new UUID(0, 1);
    private static final String RECOVERY_KEY = "A".repeat(43);
    private static final int SLICE_BYTES = 2 * 1024 * 1024;
    private static final int RANGES = 4;
    private static final int BATCHES = 16;
    private static final DataSize RESERVE = DataSize.ofMegabytes(64);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ConfigurableApplicationContext service;
    private final Path folder;
    private final Repository repository;
    private final BackupWork backups;
    private final RestoreWork restores;
    private final Cluster cluster;
    private final Phases phases = new Phases();

    private OurWork(String host, String port, String datacenter, Path folder) {
        this.folder = folder;
        service = SomeService.withCassandra(host + ":" + port, datacenter);
        Guards guards = service.getBean(Guards.class);
        InstantSource clock = InstantSource.system();
        cluster = new Cluster(service.getBean(CqlSession.class), guards, new Patience(PATIENCE));
        repository = new Repository(
                new GuardedBlobStore(new FolderBlobStore(folder), guards), RecoveryKey.of(RECOVERY_KEY), clock);
        SnapshotLimits limits = new SnapshotLimits(SLICE_BYTES, RANGES);
        Verifier verifier = new Verifier(repository, limits);
        SpaceCheck space = new SpaceCheck(repository, new SizeEstimates(cluster)::bytes, RESERVE, PATIENCE);
        backups = new BackupWork(
                repository, cluster, verifier, limits, space, Journals.none(), _ -> OptionalLong.empty(), clock);
        restores = new RestoreWork(repository, cluster, verifier, backups, WriterPauses.none(), clock, BATCHES);
    }

    /** Arguments: host, port, data centre, phase, rows, folder of the repository. */
    public static void main(String[] arguments) throws Exception {
        Phase phase = Phase.valueOf(arguments[3]);
        long size = Long.parseLong(arguments[4]);
        try (OurWork work = new OurWork(arguments[0], arguments[1], arguments[2], Path.of(arguments[5]))) {
            // Until the session is there, which is made in the background.
            work.cluster.executeSchema("SELECT cluster_name FROM system.local");
            work.measure(phase, size, OrdersTable.of(size)).tell();
        }
        System.exit(0);
    }

    private Measurement measure(Phase phase, long size, OrdersTable table) throws Exception {
        TableName name = new TableName(table.keyspace(), table.name());
        if (phase == Phase.RESTORE) {
            cluster.executeSchema("DROP TABLE IF EXISTS " + table.copy("restored"));
        }
        long before = stored();
        try (HeapWatch heap = new HeapWatch()) {
            phases.phase("begin", Progress.NONE);
            Manifest manifest = switch (phase) {
                case SNAPSHOT -> backUp(FIRST, name);
                case AGAIN -> backUp(UUID.randomUUID(), name);
                case RESTORE -> restore();
                default -> throw new IllegalArgumentException(phase.toString());
            };
            phases.end();
            double seconds = phases.secondsOf(false);
            long rows = manifest.rows();
            return new Measurement(
                    phase,
                    rows,
                    size,
                    seconds,
                    rows / seconds,
                    phases.secondsOf(true),
                    Measurement.cpuSecondsOfThisJvm(),
                    stored() - before,
                    heap.peak());
        }
    }

    private Manifest backUp(UUID id, TableName table) {
        JobOrder.Backup order = new JobOrder.Backup(List.of(), List.of(table));
        return backups.take(command(id, order), order, phases);
    }

    private Manifest restore() {
        JobOrder.Restore order = new JobOrder.Restore(FIRST, List.of(), JobOrder.Into.NEW_TABLE, "_restored");
        restores.run(command(UUID.randomUUID(), order), order, phases);
        return repository.manifest(FIRST).orElseThrow();
    }

    private static JobCommand command(UUID id, JobOrder order) {
        return new JobCommand(JobCommand.VERSION, id, null, "operator", Instant.now(), order);
    }

    private long stored() throws Exception {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Override
    public void close() {
        service.close();
    }

    /** When each phase began. */
    private static final class Phases implements JobReport {
        private final List<Begun> begun = new ArrayList<>();

        @Override
        public synchronized void phase(String name, Progress progress) {
            begun.add(new Begun(name, System.nanoTime()));
        }

        @Override
        public void progress(Progress progress) {}

        void end() {
            phase("end", Progress.NONE);
        }

        /** How long the phases took that check something, or all others. */
        synchronized double secondsOf(boolean checks) {
            long nanos = 0;
            for (int phase = 0; phase + 1 < begun.size(); phase++) {
                String name = begun.get(phase).name();
                boolean isCheck = name.startsWith("verify") || name.startsWith("compare");
                if (isCheck == checks) {
                    nanos += begun.get(phase + 1).nanos() - begun.get(phase).nanos();
                }
            }
            return nanos / 1e9;
        }
    }

    private record Begun(String name, long nanos) {}
}
