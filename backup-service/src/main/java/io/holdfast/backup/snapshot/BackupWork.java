package io.holdfast.backup.snapshot;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.backup.job.JobCommand;
import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.JobWork;
import io.holdfast.backup.job.Progress;
import io.holdfast.backup.journal.Journals;
import io.holdfast.backup.repository.Attempt;
import io.holdfast.backup.repository.FullStoreException;
import io.holdfast.backup.repository.Holds;
import io.holdfast.backup.repository.JournalEntry;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.table.Catalog;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableShape;

/** Takes backups: reads and stores every table, reads everything back, and only then writes the manifest. */
public final class BackupWork implements JobWork<JobOrder.Backup> {
    private static final Logger log = LoggerFactory.getLogger(BackupWork.class);

    private final Repository repository;
    private final Cluster cluster;
    private final Verifier verifier;
    private final SnapshotLimits limits;
    private final SpaceCheck space;
    private final Journals journals;
    private final Function<TableName, OptionalLong> expected;
    private final InstantSource clock;

    /**
     * Takes backups of a cluster into a repository.
     *
     * @param journals in which changes of the tables stand
     * @param expected how many rows a table had when it was backed up last, where that is known
     */
    public BackupWork(
            Repository repository,
            Cluster cluster,
            Verifier verifier,
            SnapshotLimits limits,
            SpaceCheck space,
            Journals journals,
            Function<TableName, OptionalLong> expected,
            InstantSource clock) {
        this.repository = repository;
        this.cluster = cluster;
        this.verifier = verifier;
        this.limits = limits;
        this.space = space;
        this.journals = journals;
        this.expected = expected;
        this.clock = clock;
    }

    @Override
    public Class<JobOrder.Backup> orders() {
        return JobOrder.Backup.class;
    }

    @Override
    public void letGo(JobCommand command) {
        repository.upkeep().release(command.id());
    }

    @Override
    public void run(JobCommand command, JobOrder.Backup order, JobReport report) {
        take(command, order, report);
    }

    /** The backup of this job: taken now, or long ago when the job was done before. */
    public Manifest take(JobCommand command, JobOrder.Backup order, JobReport report) {
        RoomWait room = space.roomWait((long) limits.sliceBytes() * limits.ranges());
        for (boolean first = true; ; first = false) {
            try {
                return take(command, order, first, report);
            } catch (FullStoreException full) {
                awaitRoom(room, full, command, report);
            }
        }
    }

    /** Without the hold: removals make room meanwhile, if need be of what this job has stored, and is read again then. */
    private void awaitRoom(RoomWait room, FullStoreException full, JobCommand command, JobReport report) {
        try {
            repository.upkeep().releaseHold(command.id());
            room.await(full, report);
        } catch (CancellationException stopped) {
            throw stopped;
        } catch (RuntimeException ended) {
            try {
                repository.upkeep().release(command.id());
            } catch (RuntimeException failed) {
                ended.addSuppressed(failed);
            }
            throw ended;
        }
    }

    /** @param first whether it has not waited for room yet: whoever waits is not refused any more for what an estimate says */
    private Manifest take(JobCommand command, JobOrder.Backup order, boolean first, JobReport report) {
        Optional<Manifest> done = repository.settled(command.id());
        if (done.isPresent()) {
            Manifest manifest = done.get();
            letGoOfMade(command, () -> repository.upkeep().release(command.id()));
            report.progress(new Progress(manifest.rows(), manifest.rows(), "rows", manifest.bytes()));
            return manifest;
        }
        // Neither is taken off when the job is stopped: it will be taken up.
        Holds.Hold hold = repository.hold(command.id());
        try {
            Attempt attempt = repository.upkeep().attempts().begin(command.id(), () -> journals.ends(order));
            Manifest manifest = take(command, order, attempt, first, report);
            letGoOfMade(command, () -> release(command, hold));
            return manifest;
        } catch (CancellationException | FullStoreException unfinished) {
            throw unfinished;
        } catch (RuntimeException | Error ended) {
            release(command, hold, ended);
            throw ended;
        }
    }

    /** The backup is there and good, whatever comes of this: a hold that stays only keeps slices for a week that nobody needs. */
    private static void letGoOfMade(JobCommand command, Runnable release) {
        try {
            release.run();
        } catch (CancellationException stopped) {
            throw stopped;
        } catch (RuntimeException failed) {
            log.warn("repository_not_let_go id={} cause={}", command.id(), failed.getMessage());
        }
    }

    private void release(JobCommand command, Holds.Hold hold) {
        repository.upkeep().attempts().forget(command.id());
        hold.close();
    }

    private void release(JobCommand command, Holds.Hold hold, Throwable because) {
        try {
            release(command, hold);
        } catch (RuntimeException failed) {
            because.addSuppressed(failed);
        }
    }

    private Manifest take(JobCommand command, JobOrder.Backup order, Attempt attempt, boolean first, JobReport report) {
        Catalog catalog = new Catalog(cluster);
        List<TableName> names = names(order, catalog);
        if (first) {
            space.require(names);
        }
        report.phase("scan", Progress.NONE);
        ScanProgress progress =
                new ScanProgress(report, names.stream().map(expected).toList());
        List<TableEntry> tables = new ArrayList<>();
        for (TableName name : names) {
            tables.add(table(name, catalog, attempt, progress));
            progress.next();
        }
        verifier.verify(tables, report);
        Instant endedAt = clock.instant();
        // A phase is told over Kafka, however long that takes: who asks for the journals afterwards rarely has to wait.
        report.phase("commit", new Progress(progress.rows(), progress.rows(), "rows", progress.bytes()));
        List<JournalEntry> entries = journals.since(attempt.journals(), names);
        return repository.commit(new Manifest(
                Manifest.VERSION,
                command.id(),
                command.schedule(),
                command.requestedBy(),
                attempt.startedAt(),
                endedAt,
                catalog.clusterName(),
                Journals.consistency(names, entries),
                entries,
                tables));
    }

    private TableEntry table(TableName name, Catalog catalog, Attempt attempt, ScanProgress progress) {
        long second = attempt.startedAt().getEpochSecond();
        TableShape shape = catalog.shape(name);
        TableEntry entry = TableEntry.of(
                shape,
                catalog.schema(name),
                new TableBackup(repository, cluster, limits).take(shape, second, attempt, progress));
        if (!catalog.hasTable(name) || !catalog.shape(name).equals(shape)) {
            throw new JobFailedException(
                    "Table %s was changed while it was read: ask for another backup".formatted(name));
        }
        return entry;
    }

    private static List<TableName> names(JobOrder.Backup order, Catalog catalog) {
        TreeSet<TableName> names = new TreeSet<>(order.tables());
        for (String keyspace : order.keyspaces()) {
            if (!catalog.hasKeyspace(keyspace)) {
                throw new JobFailedException("There is no keyspace " + keyspace);
            }
            List<TableName> all = catalog.tables(keyspace);
            if (all.isEmpty()) {
                throw new JobFailedException(
                        "Keyspace %s has no tables: there is nothing to back up".formatted(keyspace));
            }
            names.addAll(all);
        }
        for (TableName name : names) {
            if (!catalog.hasTable(name)) {
                throw new JobFailedException("There is no table " + name);
            }
            catalog.refusal(name).ifPresent(why -> {
                throw new JobFailedException("Table %s cannot be kept exactly: %s".formatted(name, why));
            });
        }
        return List.copyOf(names);
    }
}
