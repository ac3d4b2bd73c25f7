package io.holdfast.backup.restore;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.holdfast.backup.job.JobCommand;
import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.JobWork;
import io.holdfast.backup.job.Progress;
import io.holdfast.backup.repository.Fence;
import io.holdfast.backup.repository.Holds;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.snapshot.BackupWork;
import io.holdfast.backup.snapshot.Verifier;
import io.holdfast.backup.table.Catalog;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.TableName;
import io.holdfast.journal.id.NamedIds;

/**
 * Restores. Into new tables: verify, load, compare. In place of the old ones, since Cassandra cannot rename a table:
 * verify, back up what is there, load into a scratch table and compare, drop that, truncate, load, compare. Of a single
 * partition, only that is deleted and loaded. Every phase may be done again, so a job that died is done again from its
 * beginning; a worker that still does it then stops.
 */
public final class RestoreWork implements JobWork<JobOrder.Restore> {
    /** The point after which new tables of this job's own may be there. */
    private static final String CREATING = "creating";

    private final Repository repository;
    private final Cluster cluster;
    private final Verifier verifier;
    private final BackupWork backups;
    private final InstantSource clock;
    private final int inFlight;

    /**
     * Restores from a repository into a cluster.
     *
     * @param backups takes a backup of what is going to be replaced
     * @param inFlight how many batches are written at a time
     */
    public RestoreWork(
            Repository repository,
            Cluster cluster,
            Verifier verifier,
            BackupWork backups,
            InstantSource clock,
            int inFlight) {
        this.repository = repository;
        this.cluster = cluster;
        this.verifier = verifier;
        this.backups = backups;
        this.clock = clock;
        this.inFlight = inFlight;
    }

    @Override
    public Class<JobOrder.Restore> orders() {
        return JobOrder.Restore.class;
    }

    @Override
    public void letGo(JobCommand command) {
        repository.upkeep().release(command.id());
        repository.upkeep().release(before(command.id()));
    }

    @Override
    public void run(JobCommand command, JobOrder.Restore order, JobReport report) {
        try (Holds.Hold _ = repository.hold(command.id())) {
            Fence fence = repository.fence(command.id());
            try {
                restore(command, order, report, fence);
            } catch (RuntimeException failed) {
                // What goes wrong because another does this job by now is not the job's failure.
                fence.require();
                throw failed;
            }
        }
    }

    private void restore(JobCommand command, JobOrder.Restore order, JobReport report, Fence fence) {
        Manifest manifest = repository
                .manifest(order.backupId())
                .orElseThrow(() -> new JobFailedException("There is no backup " + order.backupId()));
        List<RestoreSource> sources = sources(order, manifest);
        verifier.verify(sources.stream().map(RestoreSource::table).toList(), report);
        TableRestore restore = new TableRestore(repository, cluster, clock, inFlight, report, fence);
        switch (order.into()) {
            case NEW_TABLE, NEW_KEYSPACE -> intoNewTables(restore, fence, command.id(), manifest, sources, order);
            case REPLACE -> replace(restore, fence, command, manifest, sources, order, report);
        }
    }

    private List<RestoreSource> sources(JobOrder.Restore order, Manifest manifest) {
        List<RestoreSource> sources = new ArrayList<>();
        for (TableEntry table : RestoreTables.chosen(manifest, order.tables())) {
            PartitionKey partition = order.partition().isEmpty()
                    ? null
                    : PartitionKey.parse(order.partition(), table.columns(), cluster);
            RestoreSource source = RestoreSource.of(table, partition, Set.copyOf(order.ignoreColumns()));
            if (partition != null && !source.isAnywhere(repository)) {
                throw new JobFailedException(
                        "Backup %s holds nothing of partition %s of table %s: there is nothing to bring back"
                                .formatted(manifest.id(), order.partition(), table.name()));
            }
            sources.add(source);
        }
        return sources;
    }

    private void intoNewTables(
            TableRestore restore,
            Fence fence,
            UUID job,
            Manifest manifest,
            List<RestoreSource> sources,
            JobOrder.Restore order) {
        Catalog catalog = new Catalog(cluster);
        List<TableEntry> tables = sources.stream().map(RestoreSource::table).toList();
        boolean begunBefore = fence.hasPassed(CREATING);
        if (!begunBefore) {
            RestoreTables.obstacle(tables, order, catalog).ifPresent(obstacle -> {
                throw new JobFailedException(obstacle);
            });
        }
        fence.pass(CREATING);
        for (RestoreSource source : sources) {
            TableName name = RestoreTables.target(source.table().name(), order);
            fence.require();
            TargetTable target = new TargetTable(source.table(), name);
            createOwn(restore, target, NamedIds.of(job, name.toString()), catalog);
            restore.createIndexes(target, Set.of());
            if (begunBefore && !source.shape().lists().isEmpty()) {
                // An element that is appended again would be there twice.
                fence.require();
                cluster.executeSchema("TRUNCATE " + name.cql());
            }
            restore.fill(manifest, source, name, "load");
        }
    }

    /** A table that somebody else made under that name meanwhile has another id: it is neither emptied nor written into. */
    private static void createOwn(TableRestore restore, TargetTable target, UUID id, Catalog catalog) {
        restore.create(target, id);
        if (!catalog.id(target.name()).equals(Optional.of(id))) {
            throw new JobFailedException(
                    "There is a table %s by now that this restore has not made: restore under another name, or drop that table"
                            .formatted(target.name()));
        }
    }

    private void replace(
            TableRestore restore,
            Fence fence,
            JobCommand command,
            Manifest manifest,
            List<RestoreSource> sources,
            JobOrder.Restore order,
            JobReport report) {
        Catalog catalog = new Catalog(cluster);
        List<TableEntry> tables = sources.stream().map(RestoreSource::table).toList();
        RestoreTables.drift(tables, manifest, order, catalog)
                .or(() -> RestoreTables.needless(tables, manifest, order, catalog)
                        .map(needless -> "ignoreColumns " + needless))
                .ifPresent(drift -> {
                    throw new JobFailedException(drift);
                });
        List<TableName> present =
                tables.stream().map(TableEntry::name).filter(catalog::hasTable).toList();
        if (!present.isEmpty()) {
            backUp(present, command, report);
            for (RestoreSource source : sources) {
                fence.require();
                rehearse(restore, fence, command.id(), manifest, source);
            }
        }
        if (!present.isEmpty()) {
            report.noReturn("it has begun to empty tables, and stopped it would leave them without what they held");
        }
        for (RestoreSource source : sources) {
            TableName name = source.table().name();
            if (source.partition().isPresent()) {
                replacePartition(restore, fence, source, source.partition().get(), report);
                continue;
            }
            if (present.contains(name)) {
                report.phase("truncate " + name, Progress.NONE);
                truncate(name, fence);
            } else {
                report.phase("create " + name, Progress.NONE);
            }
            fence.require();
            TargetTable target = new TargetTable(source.table(), name);
            restore.create(target);
            restore.createIndexes(target, Set.copyOf(order.ignoreColumns()));
            restore.fill(manifest, source, name, "load");
        }
    }

    /**
     * A worker that falls asleep between its look at the fence and Cassandra's answer may empty what another has loaded
     * meanwhile. Whoever has emptied a table therefore loads it, and takes the job back for that.
     */
    private void truncate(TableName name, Fence fence) {
        fence.require();
        cluster.executeSchema("TRUNCATE " + name.cql());
        if (!fence.isHeld()) {
            fence.takeNext();
        }
    }

    private void replacePartition(
            TableRestore restore, Fence fence, RestoreSource source, PartitionKey partition, JobReport report) {
        TableName name = source.table().name();
        report.phase("delete the partition of " + name, Progress.NONE);
        fence.require();
        long deleted = new PartitionEraser(cluster, clock).erase(name, partition);
        if (!fence.isHeld()) {
            fence.takeNext();
        }
        restore.fillPartition(source, partition, name, deleted + 1);
    }

    /** Keeps what is there under an id that follows from the job's, so that doing the job again does not keep less. */
    private void backUp(List<TableName> present, JobCommand command, JobReport report) {
        UUID id = before(command.id());
        JobOrder.Backup order = new JobOrder.Backup(List.of(), present);
        backups.take(
                new JobCommand(
                        JobCommand.VERSION,
                        id,
                        command.schedule(),
                        command.requestedBy(),
                        command.requestedAt(),
                        order),
                order,
                report);
    }

    /** The id of the backup that a replacing restore takes of what is there before. */
    static UUID before(UUID job) {
        return NamedIds.of(job, "before");
    }

    /** Loads beside the table first: what cannot be restored must not cost what is there. */
    private void rehearse(TableRestore restore, Fence fence, UUID job, Manifest manifest, RestoreSource source) {
        TableName name = source.table().name();
        TableName scratch = name.withTable("holdfast_scratch_%s"
                .formatted(NamedIds.of(job, name.toString()).toString().substring(0, 8)));
        String drop = "DROP TABLE IF EXISTS " + scratch.cql();
        cluster.executeSchema(drop);
        Optional<String> difference;
        try {
            restore.create(new TargetTable(source.table(), scratch));
            cluster.executeSchema(ScratchSchema.leaveNothing(scratch));
            difference = restore.rehearse(manifest, source, scratch);
        } catch (RuntimeException | Error failed) {
            dropAfter(failed, drop, fence);
            throw failed;
        }
        // Of a job that another has begun anew, it is his.
        fence.require();
        cluster.executeSchema(drop);
        if (difference.isPresent()) {
            throw new JobFailedException(
                    "Loaded beside it, table %s does not come back as the backup holds it: %s. Nothing was changed"
                            .formatted(name, difference.get()));
        }
    }

    /** Later backups of the whole keyspace would include it. */
    private void dropAfter(Throwable because, String drop, Fence fence) {
        try {
            if (fence.isHeld()) {
                cluster.executeSchema(drop);
            }
        } catch (RuntimeException failed) {
            because.addSuppressed(failed);
        }
    }
}
