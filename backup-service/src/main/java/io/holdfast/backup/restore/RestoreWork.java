package io.holdfast.backup.restore;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import io.holdfast.backup.job.JobCommand;
import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.JobWork;
import io.holdfast.backup.job.Progress;
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
 * verify, back up what is there, load into a scratch table and compare, truncate, load, compare, drop the scratch table.
 * Every phase may be done again, so a job that died is done again from its beginning.
 */
public final class RestoreWork implements JobWork<JobOrder.Restore> {
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
    public void run(JobCommand command, JobOrder.Restore order, JobReport report) {
        try (Holds.Hold _ = repository.hold(command.id())) {
            Manifest manifest = repository
                    .manifest(order.backupId())
                    .orElseThrow(() -> new JobFailedException("There is no backup " + order.backupId()));
            List<TableEntry> tables = RestoreTables.chosen(manifest, order.tables());
            verifier.verify(tables, report);
            TableRestore restore = new TableRestore(repository, cluster, clock, inFlight, report);
            switch (order.into()) {
                case NEW_TABLE -> intoNewTables(restore, command.id(), manifest, tables, order.suffix());
                case REPLACE -> replace(restore, command, manifest, tables, report);
            }
        }
    }

    private void intoNewTables(
            TableRestore restore, UUID job, Manifest manifest, List<TableEntry> tables, String suffix) {
        if (repository.begin(job)) {
            RestoreTables.taken(tables, suffix, new Catalog(cluster)).ifPresent(taken -> {
                repository.end(job);
                throw new JobFailedException(taken);
            });
        }
        try {
            for (TableEntry table : tables) {
                TableName name = RestoreTables.renamed(table.name(), suffix);
                restore.create(new TargetTable(table, name), true);
                restore.fill(manifest, table, name, "load");
            }
        } catch (JobFailedException failed) {
            repository.end(job);
            throw failed;
        }
        repository.end(job);
    }

    private void replace(
            TableRestore restore, JobCommand command, Manifest manifest, List<TableEntry> tables, JobReport report) {
        Catalog catalog = new Catalog(cluster);
        RestoreTables.drift(tables, catalog).ifPresent(drift -> {
            throw new JobFailedException(drift);
        });
        List<TableName> present =
                tables.stream().map(TableEntry::name).filter(catalog::hasTable).toList();
        if (!present.isEmpty()) {
            backUp(present, command, report);
            tables.forEach(table -> rehearse(restore, command.id(), manifest, table));
        }
        for (TableEntry table : tables) {
            TableName name = table.name();
            if (present.contains(name)) {
                report.phase("truncate " + name, Progress.NONE);
                cluster.executeSchema("TRUNCATE " + name.cql());
            } else {
                report.phase("create " + name, Progress.NONE);
            }
            restore.create(new TargetTable(table, name), true);
            restore.fill(manifest, table, name, "load");
        }
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
    private void rehearse(TableRestore restore, UUID job, Manifest manifest, TableEntry table) {
        TableName scratch = table.name()
                .withTable("holdfast_scratch_%s"
                        .formatted(NamedIds.of(job, table.name().toString())
                                .toString()
                                .substring(0, 8)));
        String drop = "DROP TABLE IF EXISTS " + scratch.cql();
        cluster.executeSchema(drop);
        restore.create(new TargetTable(table, scratch), false);
        restore.fill(manifest, table, scratch, "rehearse");
        cluster.executeSchema(drop);
    }
}
