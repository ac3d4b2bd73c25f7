package io.holdfast.backup.restore;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.job.JobCommand;
import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.Progress;
import io.holdfast.backup.repository.Fence;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.snapshot.BackupWork;
import io.holdfast.backup.table.Catalog;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.TableName;
import io.holdfast.journal.id.NamedIds;

/**
 * One restore in place of what is there. Cassandra cannot rename a table, so: back up what is there, load into a scratch table and
 * compare, drop that, pause the writers, truncate, load, compare, let the writers go on. Of a single partition, only that is deleted and
 * loaded.
 */
final class Replacement {
    /** The point after which the writers may stand still for this job. */
    private static final String PAUSING = "pausing";

    private final Cluster cluster;
    private final BackupWork backups;
    private final WriterPauses pauses;
    private final InstantSource clock;
    private final TableRestore restore;
    private final Fence fence;
    private final ReplacementNotes notes;
    private final JobCommand command;
    private final Manifest manifest;
    private final JobReport report;
    private WriterPauses.@Nullable Pause pause;

    Replacement(
            Cluster cluster,
            BackupWork backups,
            WriterPauses pauses,
            InstantSource clock,
            TableRestore restore,
            Fence fence,
            JobCommand command,
            Manifest manifest,
            JobReport report) {
        this.cluster = cluster;
        this.backups = backups;
        this.pauses = pauses;
        this.clock = clock;
        this.restore = restore;
        this.fence = fence;
        this.notes = new ReplacementNotes(fence);
        this.command = command;
        this.manifest = manifest;
        this.report = report;
    }

    /**
     * Replaces the tables, and lets the writers go on whatever comes of it, unless another worker has the job or will take it up.
     *
     * @param verify fails when the backup cannot be trusted
     */
    void run(List<RestoreSource> sources, JobOrder.Restore order, Runnable verify) {
        List<TableName> names =
                sources.stream().map(source -> source.table().name()).toList();
        if (notes.isReplaced()) {
            letWritersGoOn(names);
            return;
        }
        try {
            // An earlier try may have emptied tables: what is written into them now would be lost with the next
            // truncation.
            if (pauses.concern(names) && fence.hasPassed(PAUSING)) {
                pauseWriters(names, names);
            }
            verify.run();
            replace(sources, names, order);
            fence.require();
            notes.replaced();
        } catch (CancellationException stopped) {
            abandonPause();
            throw stopped;
        } catch (RuntimeException | Error failed) {
            endPauseAfter(failed);
            throw failed;
        }
        if (pause != null) {
            pause.over(true);
        }
    }

    private void letWritersGoOn(List<TableName> names) {
        fence.require();
        if (pauses.concern(names)) {
            pauses.pause(command.id(), fence, names).over(true);
        }
    }

    private void replace(List<RestoreSource> sources, List<TableName> names, JobOrder.Restore order) {
        Catalog catalog = new Catalog(cluster);
        List<TableEntry> tables = sources.stream().map(RestoreSource::table).toList();
        RestoreTables.drift(tables, manifest, order, catalog)
                .or(() -> RestoreTables.needless(tables, manifest, order, catalog)
                        .map(needless -> "ignoreColumns " + needless))
                .ifPresent(drift -> {
                    throw new JobFailedException(drift);
                });
        List<TableName> present = names.stream().filter(catalog::hasTable).toList();
        if (!present.isEmpty()) {
            backUp(present);
            for (RestoreSource source : sources) {
                fence.require();
                rehearse(source);
            }
            report.noReturn("it has begun to empty tables, and stopped it would leave them without what they held");
        }
        if (pauses.concern(names) && pause == null) {
            fence.pass(PAUSING);
            pauseWriters(names, List.of());
        }
        notes.emptying();
        for (RestoreSource source : sources) {
            if (pause != null) {
                pause.replacing(List.of(source.table().name()));
            }
            Optional<PartitionKey> partition = source.partition();
            if (partition.isPresent()) {
                replacePartition(source, partition.get());
            } else {
                replaceTable(source, present, order);
            }
        }
    }

    private void replaceTable(RestoreSource source, List<TableName> present, JobOrder.Restore order) {
        TableName name = source.table().name();
        if (present.contains(name)) {
            report.phase("truncate " + name, Progress.NONE);
            requirePause();
            fence.require();
            cluster.executeSchema("TRUNCATE " + name.cql());
            takeBackWhatWasEmptied();
        } else {
            report.phase("create " + name, Progress.NONE);
        }
        fence.require();
        TargetTable target = new TargetTable(source.table(), name);
        restore.create(target);
        restore.createIndexes(target, Set.copyOf(order.ignoreColumns()));
        restore.fill(manifest, source, name, "load");
    }

    private void replacePartition(RestoreSource source, PartitionKey partition) {
        TableName name = source.table().name();
        report.phase("delete the partition of " + name, Progress.NONE);
        requirePause();
        fence.require();
        long deleted = new PartitionEraser(cluster, clock).erase(name, partition);
        takeBackWhatWasEmptied();
        restore.fillPartition(source, partition, name, deleted + 1);
    }

    /**
     * A worker that falls asleep between its look at the fence and Cassandra's answer may empty what another has loaded
     * meanwhile. Whoever has emptied a table therefore loads it, and takes the job back for that.
     */
    private void takeBackWhatWasEmptied() {
        if (!fence.isHeld()) {
            fence.takeNext();
            if (pause != null) {
                // The other one may have come further.
                pause.replacingAll();
                pause.again();
            }
        }
    }

    /** Of several tables, those before this one may have taken longer than writers wait for a word. */
    private void requirePause() {
        if (pause != null) {
            pause.require();
        }
    }

    /** @param touched of these an earlier try may have begun the replacement */
    private void pauseWriters(List<TableName> names, List<TableName> touched) {
        report.phase("pause writers", Progress.NONE);
        WriterPauses.Pause coming = pauses.pause(command.id(), fence, names);
        coming.replacing(touched);
        pause = coming;
        coming.begin();
    }

    private void abandonPause() {
        if (pause != null) {
            pause.abandon();
        }
    }

    /** The job has ended: whoever waits for it would wait in vain. */
    private void endPauseAfter(Throwable failed) {
        if (pause == null) {
            return;
        }
        try {
            if (fence.isHeld()) {
                pause.over(false);
                return;
            }
        } catch (RuntimeException unknown) {
            failed.addSuppressed(unknown);
        }
        pause.abandon();
    }

    /** Keeps what is there under an id that follows from the job's, so that doing the job again does not keep less. */
    private void backUp(List<TableName> present) {
        UUID id = RestoreWork.before(command.id());
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

    /** Loads beside the table first: what cannot be restored must not cost what is there. */
    private void rehearse(RestoreSource source) {
        TableName name = source.table().name();
        TableName scratch = name.withTable("holdfast_scratch_%s"
                .formatted(NamedIds.of(command.id(), name.toString()).toString().substring(0, 8)));
        String drop = "DROP TABLE IF EXISTS " + scratch.cql();
        cluster.executeSchema(drop);
        Optional<String> difference;
        try {
            restore.create(new TargetTable(source.table(), scratch));
            cluster.executeSchema(ScratchSchema.leaveNothing(scratch));
            difference = restore.rehearse(manifest, source, scratch);
        } catch (RuntimeException | Error failed) {
            dropAfter(failed, drop);
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
    private void dropAfter(Throwable because, String drop) {
        try {
            if (fence.isHeld()) {
                cluster.executeSchema(drop);
            }
        } catch (RuntimeException failed) {
            because.addSuppressed(failed);
        }
    }
}
