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
 * Restores. Into new tables: verify, load, compare. In place of the old ones: {@link Replacement}. Every phase may be done again, so a
 * job that died is done again from its beginning; a worker that still does it then stops.
 */
public final class RestoreWork implements JobWork<JobOrder.Restore> {
    /** The point after which new tables of this job's own may be there. */
    private static final String CREATING = "creating";

    private final Repository repository;
    private final Cluster cluster;
    private final Verifier verifier;
    private final BackupWork backups;
    private final WriterPauses pauses;
    private final InstantSource clock;
    private final int inFlight;

    /**
     * Restores from a repository into a cluster.
     *
     * @param backups takes a backup of what is going to be replaced
     * @param pauses keeps writers away meanwhile
     * @param inFlight how many batches are written at a time
     */
    public RestoreWork(
            Repository repository,
            Cluster cluster,
            Verifier verifier,
            BackupWork backups,
            WriterPauses pauses,
            InstantSource clock,
            int inFlight) {
        this.repository = repository;
        this.cluster = cluster;
        this.verifier = verifier;
        this.backups = backups;
        this.pauses = pauses;
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
        Runnable verify =
                () -> verifier.verify(sources.stream().map(RestoreSource::table).toList(), report);
        TableRestore restore = new TableRestore(repository, cluster, clock, inFlight, report, fence);
        switch (order.into()) {
            case NEW_TABLE, NEW_KEYSPACE -> {
                verify.run();
                intoNewTables(restore, fence, command.id(), manifest, sources, order);
            }
            case REPLACE ->
                new Replacement(cluster, backups, pauses, clock, restore, fence, command, manifest, report)
                        .run(sources, order, verify);
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

    /** The id of the backup that a replacing restore takes of what is there before. */
    static UUID before(UUID job) {
        return NamedIds.of(job, "before");
    }
}
