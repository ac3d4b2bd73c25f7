package io.holdfast.backup.restore;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.servererrors.InvalidConfigurationInQueryException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.SyntaxError;

import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.repository.Fence;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.Scratches;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.slice.DamagedSliceException;
import io.holdfast.backup.table.Catalog;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.TableName;

/**
 * Restores a backup where nobody looks and compares it row by row, with WRITETIME and expiry: into a keyspace of its own, one table at a
 * time, so that it takes the space of the largest table. The keyspace is named after the job and noted in the repository, and goes
 * whatever comes of it: a job that died leaves it to its next run, or to that of any other.
 */
public final class ScratchRestore {
    private static final String PREFIX = "holdfast_verify_";

    private final Repository repository;
    private final Cluster cluster;
    private final InstantSource clock;
    private final int inFlight;

    /**
     * Restores from a repository into a cluster.
     *
     * @param inFlight how many batches are written at a time
     */
    public ScratchRestore(Repository repository, Cluster cluster, InstantSource clock, int inFlight) {
        this.repository = repository;
        this.cluster = cluster;
        this.clock = clock;
        this.inFlight = inFlight;
    }

    /** One line for each table that does not come back as it is in the backup; empty when all do. */
    public List<String> damage(UUID job, Manifest manifest, JobReport report) {
        Scratches scratches = repository.scratches();
        scratches.abandoned().forEach(left -> drop(scratches, left));
        scratches.begin(job);
        Fence fence = repository.fence(job);
        try {
            Map<String, List<TableEntry>> keyspaces = manifest.tables().stream()
                    .collect(Collectors.groupingBy(TableEntry::keyspace, LinkedHashMap::new, Collectors.toList()));
            List<String> damage = new ArrayList<>();
            for (List<TableEntry> tables : keyspaces.values()) {
                fence.require();
                create(job);
                tables.forEach(
                        table -> damage(job, manifest, table, report, fence).ifPresent(damage::add));
            }
            return damage;
        } finally {
            // Of a job that another has begun anew, it is his.
            if (fence.isHeld()) {
                drop(scratches, job);
            }
        }
    }

    /** The keyspace a job restores into. */
    static String keyspace(UUID job) {
        return PREFIX + job.toString().replace("-", "");
    }

    private Optional<String> damage(UUID job, Manifest manifest, TableEntry table, JobReport report, Fence fence) {
        ScratchSchema scratch = new ScratchSchema(table, keyspace(job));
        TableRestore restore = new TableRestore(repository, cluster, clock, inFlight, report, fence);
        Optional<String> difference;
        try {
            scratch.statements().forEach(cluster::executeSchema);
            difference = restore.rehearse(manifest, RestoreSource.of(table, null, Set.of()), scratch.name());
        } catch (DamagedSliceException
                | InvalidQueryException
                | InvalidConfigurationInQueryException
                | SyntaxError no) {
            difference = Optional.of("it cannot be restored here: " + no.getMessage());
        }
        // What is missing may have been dropped by another who does this job by now: that is no damage.
        fence.require();
        cluster.executeSchema("DROP TABLE IF EXISTS " + scratch.name().cql());
        return difference.map("Table %s: Restored, ".formatted(table.name())::concat);
    }

    /** Empty, also when an earlier run of the job, or the tables of another keyspace, left something there. */
    private void create(UUID job) {
        dropKeyspace(job);
        cluster.executeSchema("CREATE KEYSPACE %s WITH replication = {'class': 'NetworkTopologyStrategy', '%s': 1}"
                .formatted(TableName.quoted(keyspace(job)), new Catalog(cluster).datacenter()));
    }

    private void drop(Scratches scratches, UUID job) {
        dropKeyspace(job);
        scratches.end(job);
    }

    private void dropKeyspace(UUID job) {
        cluster.executeSchema("DROP KEYSPACE IF EXISTS " + TableName.quoted(keyspace(job)));
    }
}
